package dev.herald.web;

import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import org.jspecify.annotations.Nullable;

import dev.herald.address.EmailAddress;
import dev.herald.bounce.BounceWaves;
import dev.herald.bounce.BounceWaves.Wave;
import dev.herald.bounce.ReportReview;
import dev.herald.bounce.ReportReview.Item;
import dev.herald.delivery.LedgerFigures;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendFigures;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.Suppressions;

/**
 * What came back and no machine may act on: waves of bounces, and reports that prove
 * nothing. For admins. What mails say is shown as text.
 */
@Controller
@RequestMapping("/review")
class ReviewController {

	private static final int ON_A_PAGE = 50;

	private final BounceWaves waves;

	private final ReportReview review;

	private final Sends sends;

	private final SendFigures figures;

	private final Issues issues;

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final Suppressions suppressions;

	private final PageModel page;

	private final Words words;

	ReviewController(BounceWaves waves, ReportReview review, Sends sends, SendFigures figures, Issues issues,
			Newsletters newsletters, Subscriptions subscriptions, Suppressions suppressions, PageModel page,
			Words words) {
		this.waves = waves;
		this.review = review;
		this.sends = sends;
		this.figures = figures;
		this.issues = issues;
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.page = page;
		this.words = words;
	}

	@GetMapping
	String waiting(@RequestParam(defaultValue = "0") int before, Model model) {
		List<Item> found = this.review.waiting((before > 0) ? before : Integer.MAX_VALUE, ON_A_PAGE + 1);
		model.addAttribute("waves", this.waves.waiting().stream().map(this::line).toList());
		model.addAttribute("reports", found.stream().limit(ON_A_PAGE).map(this::line).toList());
		model.addAttribute("first", before <= 0);
		if (found.size() > ON_A_PAGE) {
			model.addAttribute("next", found.get(ON_A_PAGE - 1).id());
		}
		return "review";
	}

	private WaveLine line(Wave wave) {
		Send send = this.sends.byId(wave.sendId());
		String provider = this.figures.countsOf(send.issueId())
			.byProvider()
			.stream()
			.filter((one) -> one.provider() == wave.provider())
			.map(LedgerFigures.ByProvider::name)
			.findFirst()
			.orElse("");
		return new WaveLine(about(send.issueId(), send), wave, provider);
	}

	private SendLine about(int issueId, @Nullable Send send) {
		Issue issue = this.issues.byId(issueId);
		return new SendLine(this.newsletters.byId(issue.newsletterId()), issue, send);
	}

	private ReportLine line(Item item) {
		Subscriber subscriber = EmailAddress.tryParse(item.recipient().address())
			.flatMap(this.subscriptions::find)
			.orElse(null);
		return new ReportLine(item, subscriber,
				subscriber != null && this.suppressions.find(subscriber.address()).isPresent(),
				this.review.deliveryOf(item).map((delivery) -> about(delivery.issueId(), null)).orElse(null));
	}

	/** Whose mails bounced in it. */
	@GetMapping("/waves/{id}")
	String wave(@PathVariable int id, @RequestParam(defaultValue = "0") int after, Model model) {
		Wave wave = this.waves.find(id)
			.filter((found) -> found.state() != BounceWaves.State.OPEN)
			.orElseThrow(() -> Problem.usage(this.words.say("review.no-wave")));
		List<Subscriber> readers = this.waves.readers(id, after, ON_A_PAGE + 1);
		model.addAttribute("line", line(wave));
		model.addAttribute("readers", readers.subList(0, Math.min(ON_A_PAGE, readers.size())));
		model.addAttribute("first", after <= 0);
		if (readers.size() > ON_A_PAGE) {
			model.addAttribute("next", readers.get(ON_A_PAGE - 1).id());
		}
		return "wave";
	}

	@PostMapping("/waves/{id}")
	String decide(@PathVariable int id, @RequestParam boolean dead, RedirectAttributes flash) {
		if (this.waves.find(id).filter((wave) -> wave.state() == BounceWaves.State.HELD).isEmpty()) {
			flash.addFlashAttribute("problem", this.words.say("report.wave.decided-before"));
			return "redirect:/review";
		}
		String who = this.page.visitor().name();
		if (dead) {
			flash.addFlashAttribute("done", this.words.say("report.wave.suppressed", this.waves.dead(id, who)));
		}
		else {
			this.waves.alive(id, who);
			flash.addFlashAttribute("done", this.words.say("report.wave.living"));
		}
		flash.addFlashAttribute("undoPath", "/review/waves/" + id + "/undo");
		return "redirect:/review";
	}

	@PostMapping("/waves/{id}/undo")
	String reopen(@PathVariable int id, RedirectAttributes flash) {
		int lifted = this.waves.reopen(id, this.page.visitor().name());
		flash.addFlashAttribute("done", this.words.say("review.wave.reopened", lifted));
		return "redirect:/review/waves/" + id;
	}

	@PostMapping("/reports/{id}")
	String decideReport(@PathVariable int id, @RequestParam boolean count, RedirectAttributes flash) {
		String who = this.page.visitor().name();
		if (count) {
			boolean suppressed = this.review.count(id, who);
			flash.addFlashAttribute("done",
					this.words.say(suppressed ? "review.counted.suppressed" : "review.counted"));
		}
		else {
			this.review.dismiss(id, who);
			flash.addFlashAttribute("done", this.words.say("review.dismissed"));
			flash.addFlashAttribute("undoPath", "/review/reports/" + id + "/undo");
		}
		return "redirect:/review";
	}

	@PostMapping("/reports/{id}/undo")
	String reopenReport(@PathVariable int id, RedirectAttributes flash) {
		this.review.reopen(id);
		flash.addFlashAttribute("done", this.words.say("review.reopened"));
		return "redirect:/review";
	}

	/**
	 * A wave, with the send that it came from. Public for the view, as the other.
	 *
	 * @param provider its name; empty where it is not known
	 */
	public record WaveLine(SendLine about, Wave wave, String provider) {
	}

	/**
	 * A report.
	 *
	 * @param subscriber whose address it names; null where that subscriber is gone
	 * @param about the issue that it would be counted for; null where there is none
	 */
	public record ReportLine(Item item, @Nullable Subscriber subscriber, boolean suppressed, @Nullable SendLine about) {
	}

}
