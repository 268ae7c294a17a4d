package dev.herald.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * A time that each reader's own clock shows. Where the clocks of a zone are put forward
 * over it, it is that of the clock before the change; where they are put back over it,
 * the first of the two (RFC 5545 section 3.3.5).
 *
 * @param zone of readers whose zone is not known
 */
record LocalClock(LocalDateTime at, ZoneId zone) {

	private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

	/**
	 * @param zoneName as it is on record; empty or outdated ones are not known
	 */
	Instant in(String zoneName, long daysLater) {
		ZoneId there = KNOWN.contains(zoneName) ? ZoneId.of(zoneName) : this.zone;
		return this.at.plusDays(daysLater).atZone(there).toInstant();
	}

}
