package dev.herald.web;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.herald.address.Mailbox;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendStatus;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SendCalendarTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

	private final List<Instant> asked = new ArrayList<>();

	@Test
	void aMonthIsWholeWeeksInTheZoneOfWhoReadsIt() {
		SendCalendar calendar = november("Asia/Shanghai");
		assertThat(calendar.weeks()).hasSize(6);
		assertThat(calendar.weeks().get(0).days().get(0).date()).isEqualTo(LocalDate.of(2026, 10, 26));
		assertThat(calendar.weeks().get(5).days().get(6).date()).isEqualTo(LocalDate.of(2026, 12, 6));
		assertThat(this.asked).containsExactly(Instant.parse("2026-10-25T16:00:00Z"),
				Instant.parse("2026-12-06T16:00:00Z"));
		assertThat(calendar.before()).isEqualTo(YearMonth.of(2026, 10));
		assertThat(calendar.after()).isEqualTo(YearMonth.of(2026, 12));
	}

	@Test
	void aSendStandsAtTheDayThatItHasInThatZone() {
		assertThat(dayOfTheSend("Asia/Shanghai")).isEqualTo(LocalDate.of(2026, 11, 25));
		assertThat(dayOfTheSend("America/New_York")).isEqualTo(LocalDate.of(2026, 11, 24));
	}

	@Test
	void anEmptyMonthSaysSo() {
		assertThat(SendCalendar.of(YearMonth.of(2026, 2), TODAY, ZoneOffset.UTC, (from, to) -> List.of()).empty())
			.isTrue();
		assertThat(november("UTC").empty()).isFalse();
	}

	private LocalDate dayOfTheSend(String zone) {
		return november(zone).weeks()
			.stream()
			.flatMap((week) -> week.days().stream())
			.filter((day) -> !day.entries().isEmpty())
			.map(SendCalendar.Day::date)
			.findFirst()
			.orElseThrow();
	}

	private SendCalendar november(String zone) {
		return SendCalendar.of(YearMonth.of(2026, 11), TODAY, ZoneId.of(zone), (from, to) -> {
			this.asked.add(from);
			this.asked.add(to);
			return List.of(line(Instant.parse("2026-11-24T23:00:00Z")));
		});
	}

	private static SendLine line(Instant due) {
		Newsletter newsletter = new Newsletter(1, "weekly", "Weekly", Mailbox.parse("w@example.org"), null,
				Locale.ENGLISH, URI.create("https://example.org"), "");
		Send send = new Send(1, 1, 1, SendStatus.SCHEDULED, false, due, ZoneOffset.UTC, null, null, "ann", due, due,
				null, null, null, false, null, null, null, Set.of());
		return new SendLine(newsletter, new Issue(1, 1, "one", "One", null, 1), send);
	}

}
