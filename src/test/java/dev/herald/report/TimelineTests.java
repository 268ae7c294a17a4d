package dev.herald.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import dev.herald.delivery.LedgerFigures.Minute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTests {

	@Test
	void aQuickSendIsShownByTheMinute() {
		Timeline timeline = Timeline.of(List.of(minute("2026-11-24T08:00:00Z", 40), minute("2026-11-24T08:02:00Z", 2)),
				ZoneOffset.UTC);
		assertThat(timeline.span()).isEqualTo(Duration.ofMinutes(1));
		assertThat(timeline.buckets()).extracting(Timeline.Bucket::accepted).containsExactly(40, 0, 2);
		assertThat(timeline.buckets()).extracting(Timeline.Bucket::total).containsExactly(40, 40, 42);
	}

	@Test
	void oneThatTookWeeksIsShownByTheDay() {
		Timeline timeline = Timeline.of(List.of(minute("2026-11-01T08:00:00Z", 100), minute("2026-11-01T22:00:00Z", 50),
				minute("2026-11-24T08:00:00Z", 7)), ZoneOffset.UTC);
		assertThat(timeline.span()).isEqualTo(Duration.ofDays(1));
		assertThat(timeline.buckets()).hasSize(24);
		assertThat(timeline.buckets().get(0)).isEqualTo(new Timeline.Bucket(at("2026-11-01T00:00:00Z"), 150, 150));
		assertThat(timeline.buckets().get(23)).isEqualTo(new Timeline.Bucket(at("2026-11-24T00:00:00Z"), 7, 157));
	}

	@Test
	void daysAndWeeksBeginWhereTheReaderOfTheReportIs() {
		ZoneId shanghai = ZoneId.of("Asia/Shanghai");
		Timeline days = Timeline.of(List.of(minute("2026-11-01T08:00:00Z", 100), minute("2026-11-01T17:00:00Z", 50),
				minute("2026-11-24T08:00:00Z", 7)), shanghai);
		assertThat(days.buckets().get(0)).isEqualTo(new Timeline.Bucket(at("2026-10-31T16:00:00Z"), 100, 100));
		assertThat(days.buckets().get(1)).isEqualTo(new Timeline.Bucket(at("2026-11-01T16:00:00Z"), 50, 150));
		Timeline weeks = Timeline.of(List.of(minute("2026-11-24T08:00:00Z", 1), minute("2027-06-01T00:00:00Z", 1)),
				shanghai);
		assertThat(weeks.span()).isEqualTo(Duration.ofDays(7));
		assertThat(weeks.buckets().get(0).at()).as("Monday").isEqualTo(at("2026-11-22T16:00:00Z"));
		assertThat(weeks.buckets()).hasSize(28);
	}

	@Test
	void aStragglerOfYearsLaterDoesNotFillThePage() {
		assertThat(Timeline
			.of(List.of(minute("2021-01-01T00:00:00Z", 1), minute("2080-01-01T00:00:00Z", 1)), ZoneOffset.UTC)
			.buckets()).hasSizeLessThanOrEqualTo(600);
	}

	@Test
	void whatWasNotAcceptedHasNone() {
		assertThat(Timeline.of(List.of(), ZoneOffset.UTC).buckets()).isEmpty();
	}

	private static Minute minute(String at, int accepted) {
		return new Minute(at(at), accepted, at(at), at(at));
	}

	private static Instant at(String text) {
		return Instant.parse(text);
	}

}
