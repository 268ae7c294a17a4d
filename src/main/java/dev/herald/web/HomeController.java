package dev.herald.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import org.jspecify.annotations.Nullable;

import dev.herald.bounce.BounceWaves;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendFigures;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.Sends;
import dev.herald.health.Checkup;
import dev.herald.health.Condition;
import dev.herald.health.Condition.Level;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.report.Reports;

/** What goes out next, how did the last one go, does anything need me. */
@Controller
class HomeController {

	/** How many of a newsletter's newest issues are searched for its last send. */
	private static final int NEWEST = 10;

	private final Newsletters newsletters;

	private final Issues issues;

	private final Sends sends;

	private final SendFigures figures;

	private final Reports reports;

	private final BounceWaves waves;

	private final Checkup checkup;

	private final PageModel page;

	private final Words words;

	HomeController(Newsletters newsletters, Issues issues, Sends sends, SendFigures figures, Reports reports,
			BounceWaves waves, Checkup checkup, PageModel page, Words words) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.sends = sends;
		this.figures = figures;
		this.reports = reports;
		this.waves = waves;
		this.checkup = checkup;
		this.page = page;
		this.words = words;
	}

	@GetMapping("/")
	String home(Model model) {
		List<Newsletter> all = this.newsletters.all();
		if (all.isEmpty()) {
			return "first-use";
		}
		List<SendLine> unfinished = this.sends.unfinished().stream().map(this::line).toList();
		List<Finished> last = all.stream().map(this::lastOf).flatMap(Optional::stream).toList();
		model.addAttribute("next", unfinished.stream().filter((line) -> !needsSomebody(line.send())).toList());
		model.addAttribute("waiting", unfinished.stream().filter((line) -> needsSomebody(line.send())).toList());
		model.addAttribute("last", last);
		model.addAttribute("uncertain", last.stream().filter((finished) -> finished.uncertain() > 0).toList());
		model.addAttribute("waves",
				this.waves.waiting()
					.stream()
					.map((wave) -> new WaveLine(line(this.sends.byId(wave.sendId())), wave.bounces()))
					.toList());
		model.addAttribute("conditions", conditions());
		return "home";
	}

	/** For admins; of the queue what is not among the sends that wait. */
	private List<HealthLine> conditions() {
		if (!this.page.visitor().admin()) {
			return List.of();
		}
		return this.checkup.lately()
			.stream()
			.filter((each) -> each.level() == Level.BAD
					|| (each.level() == Level.WARNING && each.area() != Condition.Area.QUEUE))
			.map((each) -> HealthLine.of(each, this.words))
			.toList();
	}

	private static boolean needsSomebody(@Nullable Send send) {
		return send != null && (send.status() == SendStatus.HELD || send.status() == SendStatus.WAITING);
	}

	private SendLine line(Send send) {
		Issue issue = this.issues.byId(send.issueId());
		return new SendLine(this.newsletters.byId(issue.newsletterId()), issue, send);
	}

	private Optional<Finished> lastOf(Newsletter newsletter) {
		List<SendLine> lines = new ArrayList<>();
		for (Issue issue : this.issues.newest(newsletter.id(), 0, NEWEST)) {
			this.sends.latest(issue.id())
				.filter((send) -> send.status() == SendStatus.DONE)
				.ifPresent((send) -> lines.add(new SendLine(newsletter, issue, send)));
		}
		return lines.stream().max(Comparator.comparing(HomeController::sendId)).map(this::finished);
	}

	private static int sendId(SendLine line) {
		Send send = line.send();
		return (send != null) ? send.id() : 0;
	}

	private Finished finished(SendLine line) {
		DeliveryCounts counts = this.figures.countsOf(line.issue().id()).byState();
		String sentence = this.page.visitor().admin() ? this.reports.of(line.issue()).sentence().in(this.words::say)
				: "";
		return new Finished(line, counts.of(DeliveryState.ACCEPTED), counts.recipients(),
				counts.of(DeliveryState.UNCERTAIN), sentence);
	}

	/**
	 * The last send of a newsletter.
	 *
	 * @param sentence the report's; empty for who may not see reports
	 */
	public record Finished(SendLine line, int accepted, int recipients, int uncertain, String sentence) {
	}

	/** Bounces of a send that are held for a decision. */
	public record WaveLine(SendLine line, int bounces) {
	}

}
