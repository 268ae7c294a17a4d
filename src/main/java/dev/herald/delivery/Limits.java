package dev.herald.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.NeedsBatch;
import dev.herald.settings.Origin;
import dev.herald.settings.SettingOrigins;
import dev.herald.smtp.Relay;
import dev.herald.smtp.Relays;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The limits that count now, where each comes from, and changing them while Herald runs.
 * A change is kept in the database and counts in every process within two seconds.
 * Thread-safe.
 */
@NeedsBatch
@Component
public class Limits {

	/** Read once, when Herald starts. */
	private static final Set<String> AT_START = Set.of("chunk-size", "pacing.dns");

	private static final Pattern OPTIONAL = Pattern
		.compile("rate|newsletter-rate|pacing\\.warm-up|relays\\..*\\.(rate|connections)|pacing\\.providers\\..*");

	/** What the column holds. */
	private static final int LONGEST = 4000;

	private final CurrentSettings settings;

	private final LimitChanges store;

	private final SettingOrigins origins;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final JdbcClient jdbc;

	private final Clock clock;

	Limits(CurrentSettings settings, LimitChanges store, SettingOrigins origins, TransactionTemplate transactions,
			ApplicationEventPublisher events, JdbcClient jdbc, Clock clock) {
		this.settings = settings;
		this.store = store;
		this.origins = origins;
		this.transactions = transactions;
		this.events = events;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** The relays with the limits that count now. */
	public Relays relays() {
		return this.settings.relays();
	}

	/** As they count now, in the order of the files. */
	public List<Limit> all() {
		CurrentSettings.Values files = this.settings.written();
		Map<String, String> written = LimitValues.of(files.send(), files.relays());
		Map<String, String> now = LimitValues.of(this.settings.send(), this.settings.relays());
		Map<String, LimitChange> kept = new LinkedHashMap<>();
		this.store.all().forEach((change) -> kept.put(change.name(), change));
		// Also what no file knows any more, so that it can be taken back.
		Set<String> names = new LinkedHashSet<>(now.keySet());
		names.addAll(kept.keySet());
		return names.stream()
			.map((name) -> limit(name, now.getOrDefault(name, ""), written.getOrDefault(name, ""), kept.get(name)))
			.toList();
	}

	private Limit limit(String name, String value, String written, @Nullable LimitChange kept) {
		boolean counts = this.settings.changes().containsKey(name);
		Origin origin = counts ? new Origin(Origin.Kind.RUN_TIME, "") : origin(name);
		return new Limit(name, value, origin, written, OPTIONAL.matcher(name).matches(), !AT_START.contains(name), kept,
				this.settings.unfit().get(name));
	}

	private Origin origin(String name) {
		if (name.startsWith(CurrentSettings.RELAY_PREFIX)) {
			return ofRelay(name);
		}
		Origin origin = this.settings.origin(name);
		return (name.equals(CurrentSettings.WARM_UP) && origin.kind() == Origin.Kind.DEFAULT)
				? this.settings.origin(name + "[0].name") : origin;
	}

	private Origin ofRelay(String name) {
		List<Relay> relays = this.settings.relays().all();
		for (int i = 0; i < relays.size(); i++) {
			String prefix = CurrentSettings.RELAY_PREFIX + relays.get(i).name() + ".";
			if (name.startsWith(prefix)) {
				return this.origins.of("herald.relays[%d].%s".formatted(i, name.substring(prefix.length())));
			}
		}
		return Origin.DEFAULT;
	}

	/** What each relay has carried today (UTC), as far as it is written down. */
	public Map<String, Long> carriedToday() {
		Map<String, Long> carried = new LinkedHashMap<>();
		this.jdbc.sql("SELECT relay, messages FROM relay_day WHERE carried_on = ?").param(today()).query((row) -> {
			carried.put(row.getString("relay"), row.getLong("messages"));
		});
		return carried;
	}

	/** The plans that count now, with what they allow today (UTC). */
	public List<WarmingUp> warmingUp() {
		LocalDate today = today();
		return this.settings.send()
			.pacing()
			.warmUp()
			.stream()
			.map((plan) -> new WarmingUp(plan.name(), plan.start(),
					(plan.ceiling(today) == Long.MAX_VALUE) ? null : plan.ceiling(today)))
			.toList();
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	/**
	 * @throws Problem when there is none
	 */
	public Limit require(String name) {
		return all().stream()
			.filter((limit) -> limit.name().equals(name))
			.findFirst()
			.orElseThrow(() -> Problem.usage(Sentence.of("delivery.limit.unknown", "%.80s".formatted(name))));
	}

	/**
	 * Changes a limit from now on, in every process.
	 * @param value as it would be written in the file; empty for no limit
	 * @param by the account
	 * @throws Problem when the file could not say so either
	 */
	public void change(String name, String value, String by) {
		Limit before = require(name);
		if (!before.changeable()) {
			throw Problem.usage(Sentence.of("delivery.limit.start", name, SendJob.NAME));
		}
		String wanted = value.strip();
		if (wanted.isEmpty() && !before.optional()) {
			throw Problem.usage(Sentence.of("delivery.limit.empty", name));
		}
		if (wanted.length() > LONGEST) {
			throw Problem.usage(Sentence.of("delivery.limit.long", name, LONGEST, wanted.length()));
		}
		this.transactions.executeWithoutResult((status) -> {
			this.settings.check(new LimitChange(name, wanted, by, Instant.EPOCH));
			this.store.put(name, wanted, by);
			publish(Action.LIMIT_CHANGED, name, before.value(), wanted);
		});
		this.settings.look();
	}

	/** The file's value counts again, in every process. */
	public void restore(String name) {
		Limit before = require(name);
		this.transactions.executeWithoutResult((status) -> {
			if (this.store.remove(name)) {
				publish(Action.LIMIT_RESTORED, name, before.value(), before.written());
			}
		});
		this.settings.look();
	}

	private void publish(Action action, String name, String was, String became) {
		this.events.publishEvent(Change.of(action, name).with("setting", shown(was), shown(became)));
	}

	private static @Nullable String shown(String value) {
		return value.isEmpty() ? null : value;
	}

	/**
	 * A relay or sender domain whose name receivers have yet to learn.
	 *
	 * @param ceiling of today; null where the plan is through
	 */
	public record WarmingUp(String name, LocalDate start, @Nullable Long ceiling) {
	}

}
