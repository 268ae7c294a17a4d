package dev.herald.web;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Resends;
import dev.herald.delivery.Selection;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendFigures;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.issue.Version;
import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;

/**
 * Decisions on single deliveries of an issue: first the exact list, then one button. The
 * form names the list that was shown, and another one is shown instead of acted on. For
 * admins.
 */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/deliveries")
class ResendController {

	private static final int ON_A_PAGE = 100;

	/** Those that certainly reached nobody. */
	private static final Set<DeliveryState> RESENDABLE = EnumSet.of(DeliveryState.REJECTED, DeliveryState.EXPIRED,
			DeliveryState.CANCELLED, DeliveryState.SKIPPED);

	private static final String CURRENT = "current";

	private final Newsletters newsletters;

	private final Issues issues;

	private final Versions versions;

	private final Resends resends;

	private final Sends sends;

	private final SendFigures figures;

	private final PageModel page;

	private final Words words;

	ResendController(Newsletters newsletters, Issues issues, Versions versions, Resends resends, Sends sends,
			SendFigures figures, PageModel page, Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.versions = versions;
		this.resends = resends;
		this.sends = sends;
		this.figures = figures;
		this.page = page;
		this.words = words;
	}

	/** Says to whom it would be sent again. */
	@GetMapping("/resend")
	String resend(@PathVariable String key, @PathVariable String slug,
			@RequestParam(defaultValue = "rejected") List<String> state, @RequestParam(defaultValue = "0") int after,
			Model model) {
		Issue issue = this.issues.require(slug, key);
		Selection selection = this.resends.select(issue, states(state));
		model.addAttribute("states",
				SendProgress.StateCount.of(this.figures.countsOf(issue.id()).byState())
					.stream()
					.filter((count) -> RESENDABLE.contains(count.state()))
					.toList());
		model.addAttribute("chosen", names(selection.states()));
		return show(key, selection, after, model, "resend");
	}

	@PostMapping("/resend")
	String resend(@PathVariable String key, @PathVariable String slug,
			@RequestParam(defaultValue = "rejected") List<String> state, @RequestParam(defaultValue = "") String list,
			@RequestParam(defaultValue = "") String version, RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		Selection selection = this.resends.select(issue, states(state));
		if (!selection.digest().equals(list)) {
			return changed(flash, key, issue, "/resend?state=" + String.join(",", names(selection.states())));
		}
		return send(key, selection, version, flash);
	}

	/** Says whose deliveries began and have no known answer. */
	@GetMapping("/uncertain")
	String uncertain(@PathVariable String key, @PathVariable String slug, @RequestParam(defaultValue = "0") int after,
			Model model) {
		return show(key, this.resends.selectUncertain(this.issues.require(slug, key)), after, model, "uncertain");
	}

	@PostMapping("/uncertain")
	String uncertain(@PathVariable String key, @PathVariable String slug, @RequestParam boolean again,
			@RequestParam(defaultValue = "") String list, @RequestParam(defaultValue = "") String version,
			RedirectAttributes flash) {
		Issue issue = this.issues.require(slug, key);
		Selection selection = this.resends.selectUncertain(issue);
		if (!selection.digest().equals(list)) {
			return changed(flash, key, issue, "/uncertain");
		}
		if (again) {
			return send(key, selection, version, flash);
		}
		flash.addFlashAttribute("done",
				this.words.say("uncertain.accepted", this.resends.accept(selection), issue.title()));
		return "redirect:/deliveries/attention";
	}

	private String show(String key, Selection selection, int after, Model model, String view) {
		Issue issue = selection.issue();
		List<Selection.Row> rows = this.resends.page(selection, after, ON_A_PAGE + 1);
		model.addAttribute("newsletter", this.newsletters.require(key));
		model.addAttribute("issue", issue);
		model.addAttribute("selection", selection);
		model.addAttribute("rows", rows.subList(0, Math.min(ON_A_PAGE, rows.size())));
		model.addAttribute("first", after <= 0);
		if (rows.size() > ON_A_PAGE) {
			model.addAttribute("next", rows.get(ON_A_PAGE - 1).subscriberId());
		}
		model.addAttribute("rehearsing", this.sends.rehearsing());
		model.addAttribute("undoWindow", this.sends.undoWindow());
		model.addAttribute("current", this.versions.current(issue).number());
		model.addAttribute("theirs",
				this.resends.versions(selection)
					.stream()
					.flatMap((id) -> this.versions.byId(issue, id).stream())
					.map(Version::number)
					.sorted()
					.toList());
		return view;
	}

	private String send(String key, Selection selection, String version, RedirectAttributes flash) {
		Send send = this.resends.sendUnlessUndone(selection, CURRENT.equals(version), this.page.visitor().name());
		flash.addFlashAttribute("done", this.words.say("resend.done", selection.recipients()));
		return "redirect:" + SendController.path(key, selection.issue()) + "/sends/" + send.id();
	}

	/** The page of an issue on which a resend was asked for. */
	static String askedFor(Send send) {
		return send.resent().contains(DeliveryState.UNCERTAIN) ? "/deliveries/uncertain"
				: "/deliveries/resend?state=" + String.join(",", names(send.resent()));
	}

	private String changed(RedirectAttributes flash, String key, Issue issue, String where) {
		flash.addFlashAttribute("problem", this.words.say("resend.changed"));
		return "redirect:" + SendController.path(key, issue) + "/deliveries" + where;
	}

	private Set<DeliveryState> states(List<String> names) {
		Set<DeliveryState> states = RESENDABLE.stream()
			.filter((state) -> names.contains(name(state)))
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(DeliveryState.class)));
		if (states.isEmpty()) {
			throw Problem.usage(this.words.say("deliveries.no-state"));
		}
		return states;
	}

	private static List<String> names(Set<DeliveryState> states) {
		return states.stream().sorted().map(ResendController::name).toList();
	}

	private static String name(DeliveryState state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

}
