package dev.herald.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import org.jspecify.annotations.Nullable;

import dev.herald.bounce.BounceQuery;
import dev.herald.bounce.Bounces;
import dev.herald.bounce.Bounces.RecordedBounce;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.report.Leavers;
import dev.herald.report.Leavers.Leaver;
import dev.herald.returns.BounceClass;

/**
 * Who bounced and who left, by the address: the last first, a page at a time behind the
 * last of the page before. For admins.
 */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/report")
class CameBackController {

	private static final int ON_A_PAGE = 100;

	private static final int OF_AN_EXPORT = 1_000;

	private final Newsletters newsletters;

	private final Issues issues;

	private final Bounces bounces;

	private final Leavers leavers;

	CameBackController(Newsletters newsletters, Issues issues, Bounces bounces, Leavers leavers) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.bounces = bounces;
		this.leavers = leavers;
	}

	@GetMapping("/bounced")
	String bounced(@PathVariable String key, @PathVariable String slug, Wanted wanted,
			@RequestParam(defaultValue = "") String after, Model model) {
		Issue issue = fill(model, key, slug, wanted, after);
		model.addAttribute("reasons", this.bounces.countsOf(issue.id()));
		page(model, this.bounces.page(wanted.query(issue), before(after), ON_A_PAGE + 1), RecordedBounce::id);
		return "bounced";
	}

	/** Exactly the list that is shown, all pages of it. */
	@GetMapping("/bounced/export")
	void exportBounced(@PathVariable String key, @PathVariable String slug, Wanted wanted, HttpServletResponse response)
			throws IOException {
		Issue issue = this.issues.require(slug, key);
		try (CsvDownload download = CsvDownload.to(response, "%s-%s-bounced.csv".formatted(key, issue.slug()))) {
			download.line(List.of("email", "name", "class", "status", "reason", "received", "report"));
			each((before) -> this.bounces.page(wanted.query(issue), before, OF_AN_EXPORT), RecordedBounce::id,
					(bounce) -> download
						.line(List.of(bounce.address().value(), bounce.name(), lower(bounce.bounceClass()),
								bounce.status(), bounce.reason(), bounce.receivedAt().toString(), bounce.evidence())));
		}
	}

	@GetMapping("/left")
	String left(@PathVariable String key, @PathVariable String slug, Wanted wanted,
			@RequestParam(defaultValue = "") String after, Model model) {
		Issue issue = fill(model, key, slug, wanted, after);
		page(model, this.leavers.page(issue, wanted.q(), before(after), ON_A_PAGE + 1), Leaver::id);
		return "left";
	}

	@GetMapping("/left/export")
	void exportLeft(@PathVariable String key, @PathVariable String slug, Wanted wanted, HttpServletResponse response)
			throws IOException {
		Issue issue = this.issues.require(slug, key);
		try (CsvDownload download = CsvDownload.to(response, "%s-%s-left.csv".formatted(key, issue.slug()))) {
			download.line(List.of("email", "name", "way", "left"));
			each((before) -> this.leavers.page(issue, wanted.q(), before, OF_AN_EXPORT), Leaver::id,
					(leaver) -> download.line(List.of(leaver.address().value(), leaver.name(), lower(leaver.source()),
							leaver.leftAt().toString())));
		}
	}

	private Issue fill(Model model, String key, String slug, Wanted wanted, String after) {
		Issue issue = this.issues.require(slug, key);
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("wanted", wanted);
		model.addAttribute("first", before(after) == Long.MAX_VALUE);
		return issue;
	}

	/**
	 * @param rows one more than a page has, where there are more
	 */
	private static <T> void page(Model model, List<T> rows, ToLongFunction<T> id) {
		boolean more = rows.size() > ON_A_PAGE;
		List<T> shown = more ? rows.subList(0, ON_A_PAGE) : rows;
		model.addAttribute("rows", shown);
		if (more) {
			model.addAttribute("next", String.valueOf(id.applyAsLong(shown.get(ON_A_PAGE - 1))));
		}
	}

	/** Memory does not grow with their number. */
	private static <T> void each(LongFunction<List<T>> pages, ToLongFunction<T> id, Consumer<T> action) {
		List<T> page = pages.apply(Long.MAX_VALUE);
		page.forEach(action);
		while (page.size() == OF_AN_EXPORT) {
			page = pages.apply(id.applyAsLong(page.get(OF_AN_EXPORT - 1)));
			page.forEach(action);
		}
	}

	/** The start for what is no number. */
	private static long before(String after) {
		return after.matches("\\d{1,18}") ? Long.parseLong(after) : Long.MAX_VALUE;
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The filters in the address of the page. Public for the views.
	 *
	 * @param kind hard or soft
	 * @param q an address or its beginning
	 */
	public record Wanted(String kind, String reason, String q) {

		public Wanted {
			kind = given(kind);
			reason = given(reason);
			q = given(q);
		}

		private static String given(@Nullable String value) {
			return (value != null) ? value.strip() : "";
		}

		BounceQuery query(Issue issue) {
			BounceClass bounceClass = Arrays.stream(BounceClass.values())
				.filter((each) -> each.name().equalsIgnoreCase(this.kind))
				.findFirst()
				.orElse(null);
			return new BounceQuery(issue.id(), bounceClass, this.reason.isEmpty() ? null : this.reason, this.q);
		}

	}

}
