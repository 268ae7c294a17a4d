package dev.herald.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.NotAccepted;
import dev.herald.delivery.SendFigures;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;

/**
 * The issues of all newsletters that did not reach everybody, by what became of their
 * deliveries. For admins.
 */
@Controller
class AttentionController {

	private static final int ON_A_PAGE = 50;

	/** The state that waits for a person first. */
	private static final List<DeliveryState> STATES = List.of(DeliveryState.UNCERTAIN, DeliveryState.REJECTED,
			DeliveryState.EXPIRED, DeliveryState.CANCELLED, DeliveryState.SKIPPED);

	private final NotAccepted notAccepted;

	private final Issues issues;

	private final Newsletters newsletters;

	private final Sends sends;

	private final SendFigures figures;

	private final Words words;

	AttentionController(NotAccepted notAccepted, Issues issues, Newsletters newsletters, Sends sends,
			SendFigures figures, Words words) {
		this.notAccepted = notAccepted;
		this.issues = issues;
		this.newsletters = newsletters;
		this.sends = sends;
		this.figures = figures;
		this.words = words;
	}

	@GetMapping("/deliveries/attention")
	String list(@RequestParam(defaultValue = "uncertain") String state, @RequestParam(defaultValue = "0") int before,
			Model model) {
		DeliveryState wanted = state(state);
		List<Integer> found = this.notAccepted.issues(wanted, (before > 0) ? before : Integer.MAX_VALUE, ON_A_PAGE + 1);
		List<Integer> shown = found.subList(0, Math.min(ON_A_PAGE, found.size()));
		Map<Integer, LedgerFigures> counts = this.figures.countsOf(shown);
		model.addAttribute("state", name(wanted));
		model.addAttribute("states", STATES.stream().map(AttentionController::name).toList());
		model.addAttribute("lines",
				shown.stream().map((id) -> line(id, wanted, counts.getOrDefault(id, LedgerFigures.NONE))).toList());
		model.addAttribute("first", before <= 0);
		if (found.size() > ON_A_PAGE) {
			model.addAttribute("next", shown.get(ON_A_PAGE - 1));
		}
		return "attention";
	}

	private DeliveryState state(String name) {
		return STATES.stream()
			.filter((state) -> name(state).equals(name))
			.findFirst()
			.orElseThrow(() -> Problem.usage(this.words.say("deliveries.no-state")));
	}

	private static String name(DeliveryState state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

	private Line line(int issueId, DeliveryState state, LedgerFigures figures) {
		Issue issue = this.issues.byId(issueId);
		DeliveryCounts counts = figures.byState();
		return new Line(new SendLine(this.newsletters.byId(issue.newsletterId()), issue,
				this.sends.latest(issueId).orElse(null)), counts.of(state), counts.recipients());
	}

	/**
	 * An issue and how many of its deliveries are in the state. Public for the view.
	 */
	public record Line(SendLine about, int deliveries, int recipients) {
	}

}
