package dev.herald.delivery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;

import dev.herald.pacing.Rate;
import dev.herald.problem.KeptSentence;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.DatabaseThread;
import dev.herald.settings.BatchFile;
import dev.herald.settings.BatchFiles;
import dev.herald.settings.NeedsBatch;
import dev.herald.settings.Origin;
import dev.herald.smtp.Relay;
import dev.herald.smtp.Relays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;

/**
 * What counts now: the values of batch/send-issue.yaml and of the relays, with what was
 * changed since. Every process looks once a second, so a change counts everywhere within
 * two. A change that no longer fits, since the file has moved on, is left out and told
 * of. Thread-safe.
 */
@NeedsBatch
@Component
class CurrentSettings implements DisposableBean {

	static final String WARM_UP = "pacing.warm-up";

	static final String RELAY_PREFIX = "relays.";

	private static final Duration EVERY = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(CurrentSettings.class);

	private final ScheduledExecutorService executor = DatabaseThread.named("limit-changes");

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final BatchFile file;

	private final Relays writtenRelays;

	private final Values written;

	private final LimitChanges store;

	private volatile Values now;

	CurrentSettings(BatchFiles files, Relays relays, LimitChanges store) {
		this.file = files.open(SendJob.NAME);
		this.writtenRelays = relays;
		this.store = store;
		this.written = read(Map.of());
		this.now = fitting(store.all());
		DatabaseThread.repeat(this.executor, this::lookQuietly, EVERY);
	}

	SendSettings send() {
		return this.now.send();
	}

	Relays relays() {
		return this.now.relays();
	}

	/** By name; without those that do not fit. */
	Map<String, LimitChange> changes() {
		return this.now.changes();
	}

	/** Why a change does not count, by its name. */
	Map<String, Sentence> unfit() {
		return this.now.unfit();
	}

	/** As if nothing had been changed. */
	Values written() {
		return this.written;
	}

	/** Where the file's value of a key is from. */
	Origin origin(String key) {
		return this.file.origin(key);
	}

	/** What is to be done after each change, on the thread that noticed it. */
	void whenChanged(Runnable listener) {
		this.listeners.add(listener);
	}

	/**
	 * @throws Problem when such a change does not fit those that are there
	 */
	void check(LimitChange change) {
		Map<String, LimitChange> all = new LinkedHashMap<>(this.now.changes());
		all.put(change.name(), change);
		read(all);
	}

	private void lookQuietly() {
		try {
			look();
		}
		catch (NestedRuntimeException ex) {
			// The database is away: what was known last counts until it is back.
			logger.debug("Not looked at this time", ex);
		}
		catch (RuntimeException ex) {
			logger.error("A change of the limits could not be followed", ex);
		}
	}

	/** Follows at once what was changed. */
	synchronized void look() {
		List<LimitChange> kept = this.store.all();
		if (!kept.equals(this.now.kept())) {
			this.now = fitting(kept);
			this.listeners.forEach(Runnable::run);
		}
	}

	private Values fitting(List<LimitChange> kept) {
		Map<String, LimitChange> changes = new LinkedHashMap<>();
		kept.forEach((change) -> changes.put(change.name(), change));
		try {
			Values values = read(changes);
			return new Values(values.send(), values.relays(), changes, Map.of(), kept);
		}
		catch (Problem problem) {
			return oneByOne(kept);
		}
	}

	private Values oneByOne(List<LimitChange> kept) {
		Map<String, LimitChange> changes = new LinkedHashMap<>();
		Map<String, Sentence> unfit = new LinkedHashMap<>();
		Values values = this.written;
		for (LimitChange change : kept) {
			changes.put(change.name(), change);
			try {
				values = read(changes);
			}
			catch (Problem problem) {
				changes.remove(change.name());
				unfit.put(change.name(), KeptSentence.of(problem));
				logger.warn("The change of {} by {} does not count: {}", change.name(), change.by(),
						problem.getMessage());
			}
		}
		return new Values(values.send(), values.relays(), changes, unfit, kept);
	}

	private Values read(Map<String, LimitChange> changes) {
		Map<String, String> ofJob = new LinkedHashMap<>();
		for (LimitChange change : changes.values()) {
			if (change.name().equals(WARM_UP)) {
				ofJob.putAll(WarmUpText.keys(WARM_UP, change.value()));
			}
			else if (!change.name().startsWith(RELAY_PREFIX)) {
				ofJob.put(change.name(), change.value());
			}
		}
		return new Values(this.file.read(SendSettings.class, ofJob), relays(changes), changes, Map.of(), List.of());
	}

	private Relays relays(Map<String, LimitChange> changes) {
		Map<String, LimitChange> unused = new LinkedHashMap<>(changes);
		unused.keySet().removeIf((name) -> !name.startsWith(RELAY_PREFIX));
		List<Relay> relays = this.writtenRelays.all().stream().map((relay) -> changed(relay, unused)).toList();
		unused.keySet().stream().findFirst().ifPresent((name) -> {
			throw Problem.usage(Sentence.of("delivery.limit.relay", name));
		});
		return new Relays(relays);
	}

	private static Relay changed(Relay relay, Map<String, LimitChange> changes) {
		String name = RELAY_PREFIX + relay.name() + ".";
		Optional<String> weight = taken(changes, name + "weight");
		Optional<String> connections = taken(changes, name + "connections");
		Optional<String> rate = taken(changes, name + "rate");
		rate.filter((text) -> !text.isEmpty()).ifPresent(Rate::of);
		try {
			return relay.limitedTo(weight.map(CurrentSettings::number).orElse(relay.weight()),
					connections.isPresent()
							? connections.filter((text) -> !text.isEmpty()).map(CurrentSettings::number).orElse(null)
							: relay.connections(),
					rate.isPresent() ? rate.filter((text) -> !text.isEmpty()).orElse(null) : relay.rate());
		}
		catch (IllegalArgumentException ex) {
			throw new Problem(Problem.Kind.USAGE,
					Sentence.of("delivery.limit.unfit", relay.name(), String.valueOf(ex.getMessage())), ex);
		}
	}

	private static Optional<String> taken(Map<String, LimitChange> changes, String name) {
		return Optional.ofNullable(changes.remove(name)).map(LimitChange::value);
	}

	private static int number(String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + text + "' is no whole number", ex);
		}
	}

	@Override
	public void destroy() {
		DatabaseThread.end(this.executor);
	}

	/**
	 * @param kept all changes as they are in the database
	 */
	record Values(SendSettings send, Relays relays, Map<String, LimitChange> changes, Map<String, Sentence> unfit,
			List<LimitChange> kept) {

		Values {
			changes = Map.copyOf(changes);
			unfit = Map.copyOf(unfit);
			kept = List.copyOf(kept);
		}

	}

}
