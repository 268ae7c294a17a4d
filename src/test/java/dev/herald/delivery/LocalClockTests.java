package dev.herald.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

import dev.herald.pacing.WarmUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

class LocalClockTests {

	@ParameterizedTest
	@CsvSource({ "2026-11-24T08:00, Asia/Shanghai, 2026-11-24T00:00:00Z",
			"2026-11-24T08:00, America/New_York, 2026-11-24T13:00:00Z", "2026-11-24T08:00, '', 2026-11-24T08:00:00Z",
			"2026-11-24T08:00, Mars/Olympus, 2026-11-24T08:00:00Z",
			// Put forward over it, and put back over it.
			"2027-03-28T02:30, Europe/Berlin, 2027-03-28T01:30:00Z",
			"2026-10-25T02:30, Europe/Berlin, 2026-10-25T00:30:00Z" })
	void eachZoneHasItsInstant(LocalDateTime at, String zone, Instant instant) {
		assertThat(new LocalClock(at, ZoneId.of("UTC")).in(zone, 0)).isEqualTo(instant);
	}

	@Test
	void aPortionOfALaterDayWaitsForThatDaysTimeOfTheClockAndNobodyIsDueInThePast() {
		Instant now = Instant.parse("2026-11-24T03:00:00Z");
		DueTimes due = new DueTimes(now,
				List.of(new WarmUp.Portion(50, now), new WarmUp.Portion(10, Instant.parse("2026-11-26T03:00:00Z"))),
				new LocalClock(LocalDateTime.parse("2026-11-24T08:00"), ZoneId.of("UTC")),
				List.of("Asia/Shanghai", "Asia/Taipei", "America/New_York"));
		assertThat(due.sql()).isEqualTo(
				"CASE WHEN a.place <= :upTo0 THEN CASE WHEN a.zone IN (:zones0_2) THEN :duezones0_2 WHEN a.zone IN (:zones0_4) THEN :duezones0_4 ELSE :due0 END"
						+ " ELSE CASE WHEN a.zone IN (:zones1_7) THEN :duezones1_7 WHEN a.zone IN (:zones1_9) THEN :duezones1_9 ELSE :due1 END END");
		assertThat(due.values()).containsOnly(entry("upTo0", 50L),
				entry("zones0_2", List.of("Asia/Shanghai", "Asia/Taipei")), entry("duezones0_2", LedgerTime.of(now)),
				entry("zones0_4", List.of("America/New_York")),
				entry("duezones0_4", LedgerTime.of(Instant.parse("2026-11-24T13:00:00Z"))),
				entry("due0", LedgerTime.of(Instant.parse("2026-11-24T08:00:00Z"))),
				entry("zones1_7", List.of("Asia/Shanghai", "Asia/Taipei")),
				entry("duezones1_7", LedgerTime.of(Instant.parse("2026-11-26T00:00:00Z"))),
				entry("zones1_9", List.of("America/New_York")),
				entry("duezones1_9", LedgerTime.of(Instant.parse("2026-11-26T13:00:00Z"))),
				entry("due1", LedgerTime.of(Instant.parse("2026-11-26T08:00:00Z"))));
	}

}
