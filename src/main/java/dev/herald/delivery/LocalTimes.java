package dev.herald.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.segment.Tree;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * When the readers of an issue get it, if each gets it at the same time of their own
 * clock. Thread-safe.
 */
@Component
public class LocalTimes {

	private final AudienceFreeze freeze;

	LocalTimes(AudienceFreeze freeze) {
		this.freeze = freeze;
	}

	/**
	 * By time; together they are the audience as it is now. A wave whose time has passed
	 * when the send begins leaves then.
	 * @param zone of readers whose zone is not known
	 * @param tree of the segment that it goes to; null: to all
	 */
	public List<Wave> waves(int issueId, LocalDateTime at, ZoneId zone, @Nullable Tree tree) {
		LocalClock clock = new LocalClock(at, zone);
		Map<Instant, Wave> waves = new TreeMap<>();
		this.freeze.zones(issueId, tree).forEach((name, readers) -> {
			Instant due = clock.in(name, 0);
			String shown = name.isEmpty() ? zone.getId() : name;
			waves.merge(due, new Wave(due, readers, List.of(shown)), Wave::and);
		});
		return List.copyOf(waves.values());
	}

	/** Of the first wave; without readers of the given zone. */
	Instant first(int issueId, LocalDateTime at, ZoneId zone, @Nullable Tree tree) {
		return waves(issueId, at, zone, tree).stream()
			.map(Wave::dueAt)
			.findFirst()
			.orElseGet(() -> at.atZone(zone).toInstant());
	}

	/**
	 * Readers who get it at one instant.
	 *
	 * @param zones their zones, by name
	 */
	public record Wave(Instant dueAt, int readers, List<String> zones) {

		Wave and(Wave other) {
			List<String> all = new ArrayList<>(this.zones);
			all.addAll(other.zones);
			return new Wave(this.dueAt, this.readers + other.readers, all.stream().distinct().sorted().toList());
		}

	}

}
