package dev.herald.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.pacing.WarmUp;
import org.jspecify.annotations.Nullable;

/**
 * When each recipient of a send is due, as an SQL expression over a.place, their place by
 * engagement, and a.zone. For one thread.
 */
final class DueTimes {

	private final Instant now;

	private final List<WarmUp.Portion> portions;

	private final @Nullable LocalClock clock;

	private final Collection<String> zones;

	private final Map<String, Object> values = new HashMap<>();

	/**
	 * @param now nobody is due before
	 * @param portions by place; empty: one for all
	 * @param clock null: the same instant in all zones
	 * @param zones those on record
	 */
	DueTimes(Instant now, List<WarmUp.Portion> portions, @Nullable LocalClock clock, Collection<String> zones) {
		this.now = now;
		this.portions = portions;
		this.clock = clock;
		this.zones = zones;
	}

	String sql() {
		if (this.portions.isEmpty()) {
			return ofPortion(0, this.now);
		}
		StringBuilder due = new StringBuilder("CASE");
		long upTo = 0;
		int last = this.portions.size() - 1;
		for (int i = 0; i < last; i++) {
			upTo += this.portions.get(i).count();
			this.values.put("upTo" + i, upTo);
			due.append(" WHEN a.place <= :upTo%d THEN ".formatted(i))
				.append(ofPortion(i, this.portions.get(i).dueAt()));
		}
		String ofLast = ofPortion(last, this.portions.get(last).dueAt());
		return (last == 0) ? ofLast : due.append(" ELSE ").append(ofLast).append(" END").toString();
	}

	/** The values that the expression names, once it is made. */
	Map<String, Object> values() {
		return this.values;
	}

	private String ofPortion(int portion, Instant dueAt) {
		if (this.clock == null) {
			return value("due" + portion, dueAt);
		}
		long daysLater = days(this.clock, dueAt);
		Map<Instant, List<String>> together = new TreeMap<>();
		for (String zone : this.zones) {
			together.computeIfAbsent(this.clock.in(zone, daysLater), (due) -> new ArrayList<>()).add(zone);
		}
		String otherwise = value("due" + portion, this.clock.in("", daysLater));
		StringBuilder due = new StringBuilder();
		for (Map.Entry<Instant, List<String>> wave : together.entrySet()) {
			String name = "zones%d_%d".formatted(portion, this.values.size());
			this.values.put(name, wave.getValue());
			due.append(" WHEN a.zone IN (:%s) THEN ".formatted(name)).append(value("due" + name, wave.getKey()));
		}
		return due.isEmpty() ? otherwise : "CASE" + due + " ELSE " + otherwise + " END";
	}

	/** A portion that waits for another day waits for that day's time of the clock. */
	private long days(LocalClock clock, Instant dueAt) {
		return ChronoUnit.DAYS.between(LocalDate.ofInstant(this.now, clock.zone()),
				LocalDate.ofInstant(dueAt, clock.zone()));
	}

	private String value(String name, Instant due) {
		this.values.put(name, LedgerTime.of(due.isBefore(this.now) ? this.now : due));
		return ":" + name;
	}

}
