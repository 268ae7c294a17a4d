package dev.herald.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.herald.delivery.LedgerFigures.Minute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineTests {

	@Test
	void aQuickSendIsShownByTheMinute() {
		Timeline timeline = Timeline.of(List.of(minute("2026-11-24T08:00:00Z", 40), minute("2026-11-24T08:02:00Z", 2)));
		assertThat(timeline.span()).isEqualTo(Duration.ofMinutes(1));
		assertThat(timeline.buckets()).extracting(Timeline.Bucket::accepted).containsExactly(40, 0, 2);
		assertThat(timeline.buckets()).extracting(Timeline.Bucket::total).containsExactly(40, 40, 42);
	}

	@Test
	void oneThatTookWeeksIsShownByTheDay() {
		Timeline timeline = Timeline.of(List.of(minute("2026-11-01T08:00:00Z", 100), minute("2026-11-01T22:00:00Z", 50),
				minute("2026-11-24T08:00:00Z", 7)));
		assertThat(timeline.span()).isEqualTo(Duration.ofDays(1));
		assertThat(timeline.buckets()).hasSize(24);
		assertThat(timeline.buckets().get(0)).isEqualTo(new Timeline.Bucket(at("2026-11-01T00:00:00Z"), 150, 150));
		assertThat(timeline.buckets().get(23)).isEqualTo(new Timeline.Bucket(at("2026-11-24T00:00:00Z"), 7, 157));
	}

	@Test
	void aStragglerOfYearsLaterDoesNotFillThePage() {
		assertThat(Timeline.of(List.of(minute("2021-01-01T00:00:00Z", 1), minute("2080-01-01T00:00:00Z", 1))).buckets())
			.hasSizeLessThanOrEqualTo(600);
	}

	@Test
	void whatWasNotAcceptedHasNone() {
		assertThat(Timeline.of(List.of()).buckets()).isEmpty();
	}

	private static Minute minute(String at, int accepted) {
		return new Minute(at(at), accepted, at(at), at(at));
	}

	private static Instant at(String text) {
		return Instant.parse(text);
	}

}
