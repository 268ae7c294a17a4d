package dev.herald.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

import dev.herald.audit.Action;
import dev.herald.audit.AuditTrail;
import dev.herald.audit.AuditTrail.Entry;
import dev.herald.audit.AuditTrail.Query;

/** The audit log. */
@Controller
class AuditController {

	private static final int ON_A_PAGE = 50;

	private final AuditTrail trail;

	AuditController(AuditTrail trail) {
		this.trail = trail;
	}

	@GetMapping("/audit")
	String show(@RequestParam(defaultValue = "") String who, @RequestParam(defaultValue = "") String what,
			@RequestParam(defaultValue = "") String day, @RequestParam(defaultValue = "0") long before, Model model) {
		List<Entry> found = this.trail.page(query(who.strip(), what, day), (before > 0) ? before : Long.MAX_VALUE,
				ON_A_PAGE + 1);
		List<Entry> shown = found.subList(0, Math.min(ON_A_PAGE, found.size()));
		model.addAttribute("entries", shown);
		model.addAttribute("who", who);
		model.addAttribute("what", what);
		model.addAttribute("day", day);
		model.addAttribute("actions", Arrays.stream(Action.values()).map(Action::key).sorted().toList());
		model.addAttribute("first", before <= 0);
		UriComponentsBuilder here = UriComponentsBuilder.fromPath("/audit")
			.queryParam("who", "{who}")
			.queryParam("what", "{what}")
			.queryParam("day", "{day}");
		model.addAttribute("newest", here.encode().build(who, what, day).toString());
		if (found.size() > ON_A_PAGE) {
			model.addAttribute("older",
					here.queryParam("before", shown.get(ON_A_PAGE - 1).id()).encode().build(who, what, day).toString());
		}
		return "audit";
	}

	/** What can't be read as a day is no day: the page then shows all of them. */
	private static Query query(String who, String what, String day) {
		Query query = Query.ALL.by(who).of(what);
		try {
			LocalDate date = LocalDate.parse(day);
			ZoneId zone = Zones.ofReader();
			Instant begin = date.atStartOfDay(zone).toInstant();
			return query.within(begin, date.plusDays(1).atStartOfDay(zone).toInstant());
		}
		catch (DateTimeException ex) {
			return query;
		}
	}

}
