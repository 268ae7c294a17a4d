package dev.herald.web;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/** A wall-clock time in a zone, which may come once, twice or never. */
sealed interface DueTime {

	static DueTime of(LocalDateTime local, ZoneId zone) {
		List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
		return switch (offsets.size()) {
			case 0 -> new Never(zone.getRules().getTransition(local));
			case 1 -> new Once(local.toInstant(offsets.get(0)));
			default -> new Twice(local.toInstant(offsets.get(0)), offsets.get(0), local.toInstant(offsets.get(1)),
					offsets.get(1));
		};
	}

	record Once(Instant instant) implements DueTime {
	}

	/** The clocks are put back over it. */
	record Twice(Instant first, ZoneOffset firstOffset, Instant second, ZoneOffset secondOffset) implements DueTime {
	}

	/** The clocks are put forward over it. */
	record Never(ZoneOffsetTransition transition) implements DueTime {
	}

}
