package dev.herald.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import org.jspecify.annotations.Nullable;

import dev.herald.delivery.DeliveryPages;
import dev.herald.delivery.DeliveryQuery;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendFigures;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;

/** Who is behind each figure of a report: the addresses of each state. For admins. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/deliveries")
class DeliveriesController {

	private static final int ON_A_PAGE = 100;

	private static final int REASONS = 20;

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final SendFigures figures;

	private final DeliveryPages pages;

	private final Words words;

	DeliveriesController(Newsletters newsletters, Issues issues, Sends sends, SendFigures figures, DeliveryPages pages,
			Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.sends = sends;
		this.figures = figures;
		this.pages = pages;
		this.words = words;
	}

	@GetMapping
	String list(@PathVariable String key, @PathVariable String slug, Wanted wanted,
			@RequestParam(defaultValue = "") String after, Model model) {
		Issue issue = this.issues.require(slug, key);
		DeliveryQuery query = query(issue, wanted);
		DeliveryPages.Page page = this.pages.page(query, DeliveryPages.Cursor.parse(after), ON_A_PAGE);
		LedgerFigures ledger = this.figures.countsOf(issue.id());
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("state", query.state().name().toLowerCase(Locale.ROOT));
		model.addAttribute("states", SendProgress.StateCount.of(ledger.byState()));
		model.addAttribute("wanted", wanted);
		model.addAttribute("providers", providers(ledger, query.state()));
		model.addAttribute("reasons", this.pages.reasons(issue.id(), query.state(), REASONS));
		model.addAttribute("rehearsal", this.sends.latest(issue.id()).map(Send::rehearsal).orElse(false));
		model.addAttribute("rows", page.rows());
		model.addAttribute("first", after.isEmpty());
		model.addAttribute("total", ledger.byState().of(query.state()));
		if (page.next() != null) {
			model.addAttribute("next", page.next().toString());
		}
		return "deliveries";
	}

	/** Exactly the list that is shown, all pages of it. */
	@GetMapping("/export")
	void export(@PathVariable String key, @PathVariable String slug, Wanted wanted, HttpServletResponse response)
			throws IOException {
		Issue issue = this.issues.require(slug, key);
		DeliveryQuery query = query(issue, wanted);
		Map<Integer, ProviderLine> providers = new TreeMap<>();
		providers(this.figures.countsOf(issue.id()), query.state())
			.forEach((line) -> providers.put(line.provider(), line));
		String name = "%s-%s-%s.csv".formatted(key, issue.slug(), query.state().name().toLowerCase(Locale.ROOT));
		try (CsvDownload download = CsvDownload.to(response, name)) {
			download.line(List.of("email", "name", "state", "provider", "attempts", "since", "reply"));
			this.pages.each(query, (row) -> download.line(cells(row, providers.get(row.provider()))));
		}
	}

	private static List<String> cells(Ledger.Row row, @Nullable ProviderLine provider) {
		return List.of(row.address().value(), row.name(), row.state().name().toLowerCase(Locale.ROOT),
				(provider != null && !provider.name().isEmpty()) ? provider.name() : String.valueOf(row.provider()),
				String.valueOf(row.attempts()), row.changedAt().toString(), (row.reply() != null) ? row.reply() : "");
	}

	private static List<ProviderLine> providers(LedgerFigures ledger, DeliveryState state) {
		return ledger.byProvider()
			.stream()
			.filter((one) -> one.states().of(state) > 0)
			.map((one) -> ProviderLine.of(one, 0, 0))
			.toList();
	}

	private DeliveryQuery query(Issue issue, Wanted wanted) {
		DeliveryState state = Arrays.stream(DeliveryState.values())
			.filter((each) -> each.name().equalsIgnoreCase(wanted.state()))
			.findFirst()
			.orElseThrow(() -> Problem.usage(this.words.say("deliveries.no-state")));
		return new DeliveryQuery(issue.id(), state, provider(wanted.provider()),
				wanted.reason().isEmpty() ? null : wanted.reason(), wanted.q());
	}

	/** Null for what is no code: then all are meant. */
	private static @Nullable Integer provider(String code) {
		return code.matches("\\d{1,3}") ? Integer.valueOf(code) : null;
	}

	/**
	 * The filters in the address of the page. Public for the view.
	 *
	 * @param q an address or its beginning
	 */
	public record Wanted(String state, String provider, String reason, String q) {

		public Wanted {
			state = given(state);
			provider = given(provider);
			reason = given(reason);
			q = given(q);
		}

		private static String given(@Nullable String value) {
			return (value != null) ? value.strip() : "";
		}

	}

}
