package dev.herald.pacing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * How fast one provider is sent to now: at its configured rate, or slower after a run of
 * the same deferral. A run halves the rate, down to the floor; each quiet while raises it
 * by a step, up to what it was. {@link Provider#OTHER} is no single receiver: there a run
 * puts off the domain alone. One for each provider, shared by all sends of this process.
 * Thread-safe.
 */
public final class ProviderPace {

	/**
	 * Between two cuts: answers that were on their way at the first would otherwise cut
	 * again at once. With ten connections that is a run by itself.
	 */
	static final Duration BETWEEN_CUTS = Duration.ofSeconds(10);

	private volatile Provider provider;

	private volatile PacingSettings.SlowDown settings;

	private final LongSupplier nanoTime;

	private final DeferringDomains domains;

	private final ObservedRate observed;

	private final OptionalLimit configured;

	/** Null while it is at its configured rate. */
	private @Nullable RateLimit slowLimit;

	private volatile List<RateLimit> limits;

	private int processes = 1;

	private String likeness = "";

	private int run;

	private volatile @Nullable Slowed slowed;

	public ProviderPace(Provider provider, PacingSettings.SlowDown settings) {
		this(provider, settings, System::nanoTime);
	}

	ProviderPace(Provider provider, PacingSettings.SlowDown settings, LongSupplier nanoTime) {
		this.provider = provider;
		this.settings = settings;
		this.nanoTime = nanoTime;
		this.domains = new DeferringDomains(settings);
		this.observed = new ObservedRate(nanoTime.getAsLong());
		this.configured = new OptionalLimit(provider.rate());
		this.limits = both();
	}

	/** Other limits, from now on; a provider that is slowed stays so. */
	public synchronized void set(Provider provider, PacingSettings.SlowDown settings) {
		this.provider = provider;
		this.settings = settings;
		this.domains.set(settings);
		this.configured.set(provider.rate());
		this.limits = both();
	}

	private List<RateLimit> both() {
		RateLimit full = this.configured.now();
		RateLimit slow = this.slowLimit;
		if (full == null) {
			return (slow != null) ? List.of(slow) : List.of();
		}
		return (slow != null) ? List.of(full, slow) : List.of(full);
	}

	public Provider provider() {
		return this.provider;
	}

	/**
	 * What binds a message to this provider now: the configured rate, and the slower one.
	 */
	public List<RateLimit> limits() {
		Slowed now = this.slowed;
		if (now != null && this.nanoTime.getAsLong() - now.quietSince() >= this.settings.quiet().toNanos()) {
			recover();
		}
		return this.limits;
	}

	/** How many processes send now; each gets its part of the rate. */
	public synchronized void share(int processes) {
		this.processes = processes;
		this.configured.share(processes);
		if (this.slowLimit != null) {
			this.slowLimit.share(processes);
		}
	}

	/** A recipient of this domain was accepted: a run ends. */
	public synchronized void accepted(String domain) {
		this.observed.count(this.nanoTime.getAsLong());
		this.run = 0;
		this.domains.accepted(domain);
	}

	/**
	 * A recipient of this domain was deferred.
	 * @param likeness what replies have in common that differ in names and numbers only
	 */
	public synchronized void deferred(String domain, String likeness) {
		long now = this.nanoTime.getAsLong();
		this.observed.count(now);
		if (this.provider.equals(Provider.OTHER)) {
			this.domains.deferred(domain, likeness, now);
			return;
		}
		this.run = likeness.equals(this.likeness) ? this.run + 1 : 1;
		this.likeness = likeness;
		if (this.run >= this.settings.deferrals()) {
			cut(now);
		}
	}

	private void cut(long now) {
		Slowed before = this.slowed;
		if (before != null && now - before.lastCut() < BETWEEN_CUTS.toNanos()) {
			return;
		}
		this.run = 0;
		double full = (before != null) ? before.full() : full(now);
		double current = (before != null) ? before.perSecond() : full;
		double least = Math.min(current, this.settings.floor().perSecond());
		slowTo(new Slowed(full, Math.max(current / 2, least), (before != null) ? before.since() : now, now, now,
				this.likeness));
	}

	private double full(long now) {
		Rate rate = this.provider.rate();
		return (rate != null) ? rate.perSecond() : this.observed.perSecond(now) * this.processes;
	}

	private void slowTo(Slowed slower) {
		Rate rate = Rate.perSecond(slower.perSecond());
		RateLimit limit = this.slowLimit;
		if (limit != null) {
			limit.set(rate);
		}
		else {
			limit = new RateLimit(rate);
			limit.share(this.processes);
			this.slowLimit = limit;
			this.limits = both();
		}
		this.slowed = slower;
	}

	private synchronized void recover() {
		Slowed before = this.slowed;
		long now = this.nanoTime.getAsLong();
		if (before == null || now - before.quietSince() < this.settings.quiet().toNanos()) {
			return;
		}
		double raised = before.perSecond() + before.full() * this.settings.step().value() / 100;
		if (raised < before.full()) {
			slowTo(new Slowed(before.full(), raised, before.since(), before.lastCut(), now, before.likeness()));
		}
		else {
			this.slowLimit = null;
			this.limits = both();
			this.slowed = null;
		}
	}

	/**
	 * How long deliveries to this domain are to be put off; zero when they may go. Always
	 * zero where there is a provider, whose rate is cut instead.
	 * @param now of System.nanoTime()
	 */
	public synchronized Duration holdOff(String domain, long now) {
		return this.domains.holdOff(domain, now);
	}

	/**
	 * In one line for people, without the provider's name; empty when all is as usual.
	 */
	public synchronized Optional<Sentence> state() {
		limits();
		Slowed now = this.slowed;
		if (now == null) {
			return this.domains.state(this.nanoTime.getAsLong());
		}
		Duration since = Duration.ofNanos(this.nanoTime.getAsLong() - now.since());
		return Optional.of(Sentence.of("pacing.slowed", Rate.perSecond(now.perSecond()).toString(),
				Wording.duration(since), Wording.reply(now.likeness())));
	}

	/**
	 * @param full messages a second before the first cut
	 * @param perSecond messages a second now, unrounded: a small step is not lost
	 * @param quietSince the last cut or step
	 */
	private record Slowed(double full, double perSecond, long since, long lastCut, long quietSince, String likeness) {
	}

}
