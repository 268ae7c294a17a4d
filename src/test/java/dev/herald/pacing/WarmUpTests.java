package dev.herald.pacing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTests {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	private final WarmUp plan = new WarmUp("news.example.org", LocalDate.of(2026, 3, 1), List.of(50, 100, 500));

	@Test
	void whatIsOverWaitsForTheNextDayAndTheRestIsUnlimitedAfterTheLast() {
		assertThat(spread(1000, "2026-03-01T08:30:00Z")).containsExactly(portion(50, "2026-03-01T08:30:00Z"),
				portion(100, "2026-03-02T08:30:00Z"), portion(500, "2026-03-03T08:30:00Z"),
				portion(350, "2026-03-04T08:30:00Z"));
	}

	@Test
	void whatFitsGoesAtOnce() {
		assertThat(spread(50, "2026-03-01T08:30:00Z")).containsExactly(portion(50, "2026-03-01T08:30:00Z"));
		assertThat(spread(0, "2026-03-01T08:30:00Z")).isEmpty();
	}

	@Test
	void aSendLaterInThePlanBeginsWithThatDaysCeiling() {
		assertThat(spread(700, "2026-03-03T10:00:00Z")).containsExactly(portion(500, "2026-03-03T10:00:00Z"),
				portion(200, "2026-03-04T10:00:00Z"));
		assertThat(spread(1_000_000, "2026-03-04T10:00:00Z"))
			.containsExactly(portion(1_000_000, "2026-03-04T10:00:00Z"));
	}

	@Test
	void beforeTheStartTheFirstCeilingHolds() {
		assertThat(spread(300, "2026-02-27T10:00:00Z")).containsExactly(portion(50, "2026-02-27T10:00:00Z"),
				portion(50, "2026-02-28T10:00:00Z"), portion(50, "2026-03-01T10:00:00Z"),
				portion(100, "2026-03-02T10:00:00Z"), portion(50, "2026-03-03T10:00:00Z"));
	}

	@Test
	void whatOtherSendsHavePlannedIsTakenOff() {
		Map<LocalDate, Long> planned = Map.of(LocalDate.of(2026, 3, 1), 20L, LocalDate.of(2026, 3, 2), 100L,
				LocalDate.of(2026, 3, 3), 9000L);
		assertThat(this.plan.spread(100, Instant.parse("2026-03-01T08:30:00Z"), BERLIN,
				(day) -> planned.getOrDefault(day, 0L)))
			.containsExactly(portion(30, "2026-03-01T08:30:00Z"), portion(70, "2026-03-04T08:30:00Z"));
	}

	@Test
	void theDayIsThatOfTheZone() {
		assertThat(spread(60, "2026-03-01T23:30:00Z")).containsExactly(portion(60, "2026-03-01T23:30:00Z"));
		assertThat(spread(60, "2026-03-01T22:30:00Z")).containsExactly(portion(50, "2026-03-01T22:30:00Z"),
				portion(10, "2026-03-02T22:30:00Z"));
	}

	@Test
	void theTimeOfDayStaysWhenTheClocksGoForward() {
		WarmUp march = new WarmUp("relay", LocalDate.of(2026, 3, 28), List.of(1, 1, 1, 1));
		assertThat(march.spread(3, Instant.parse("2026-03-28T01:30:00Z"), BERLIN, (day) -> 0)).containsExactly(
				portion(1, "2026-03-28T01:30:00Z"), portion(1, "2026-03-29T01:30:00Z"),
				portion(1, "2026-03-30T00:30:00Z"));
		assertThat(march.spread(3, Instant.parse("2026-03-28T08:00:00Z"), BERLIN, (day) -> 0)).containsExactly(
				portion(1, "2026-03-28T08:00:00Z"), portion(1, "2026-03-29T07:00:00Z"),
				portion(1, "2026-03-30T07:00:00Z"));
	}

	@Test
	void theTimeOfDayStaysWhenTheClocksGoBack() {
		WarmUp october = new WarmUp("relay", LocalDate.of(2026, 10, 24), List.of(1, 1, 1, 1));
		assertThat(october.spread(3, Instant.parse("2026-10-24T00:30:00Z"), BERLIN, (day) -> 0)).containsExactly(
				portion(1, "2026-10-24T00:30:00Z"), portion(1, "2026-10-25T00:30:00Z"),
				portion(1, "2026-10-26T01:30:00Z"));
	}

	@Test
	void aStartInTheSecondOfTwoEqualHoursIsKept() {
		WarmUp october = new WarmUp("relay", LocalDate.of(2026, 10, 25), List.of(1, 1));
		assertThat(october.spread(2, Instant.parse("2026-10-25T01:30:00Z"), BERLIN, (day) -> 0))
			.containsExactly(portion(1, "2026-10-25T01:30:00Z"), portion(1, "2026-10-26T01:30:00Z"));
	}

	private List<WarmUp.Portion> spread(long recipients, String start) {
		return this.plan.spread(recipients, Instant.parse(start), BERLIN, (day) -> 0);
	}

	private static WarmUp.Portion portion(long count, String dueAt) {
		return new WarmUp.Portion(count, Instant.parse(dueAt));
	}

}
