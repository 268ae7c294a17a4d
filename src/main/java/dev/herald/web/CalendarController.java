package dev.herald.web;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.herald.delivery.Send;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;

/** What is planned and what went out, a month at a time. */
@Controller
class CalendarController {

	/** Nothing was sent before, and further off nothing is planned. */
	private static final YearMonth FIRST = YearMonth.of(2000, 1);

	private static final YearMonth LAST = YearMonth.of(2199, 12);

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final Clock clock;

	CalendarController(Newsletters newsletters, Issues issues, Sends sends, Clock clock) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.sends = sends;
		this.clock = clock;
	}

	/**
	 * @param month yyyy-MM; anything else is the month that it is
	 */
	@GetMapping("/calendar")
	String show(@RequestParam(defaultValue = "") String month, Model model) {
		ZoneId zone = Zones.ofReader();
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), zone);
		YearMonth shown = month(month, YearMonth.from(today));
		SendCalendar calendar = SendCalendar.of(shown, today, zone, this::lines);
		model.addAttribute("calendar", calendar);
		model.addAttribute("zone", zone);
		return "calendar";
	}

	private static YearMonth month(String text, YearMonth otherwise) {
		try {
			YearMonth month = YearMonth.parse(text);
			return (month.isBefore(FIRST) || month.isAfter(LAST)) ? otherwise : month;
		}
		catch (DateTimeException ex) {
			return otherwise;
		}
	}

	private List<SendLine> lines(Instant from, Instant to) {
		return this.sends.between(from, to).stream().map(this::line).toList();
	}

	private SendLine line(Send send) {
		Issue issue = this.issues.byId(send.issueId());
		return new SendLine(this.newsletters.byId(issue.newsletterId()), issue, send);
	}

}
