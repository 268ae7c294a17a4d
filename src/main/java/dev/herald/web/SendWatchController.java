package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.SendTraffic;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletters;

/** Watching a send, and deciding on it. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/sends/{id}")
class SendWatchController {

	private final Newsletters newsletters;

	private final SendAddress address;

	private final Versions versions;

	private final Sends sends;

	private final SendDecisions decisions;

	private final SendTraffic traffic;

	private final SendLooks looks;

	private final PageModel page;

	private final Words words;

	private final Clock clock;

	SendWatchController(Newsletters newsletters, SendAddress address, Versions versions, Sends sends,
			SendDecisions decisions, SendTraffic traffic, SendLooks looks, PageModel page, Words words, Clock clock) {
		this.newsletters = newsletters;
		this.address = address;
		this.versions = versions;
		this.sends = sends;
		this.decisions = decisions;
		this.traffic = traffic;
		this.looks = looks;
		this.page = page;
		this.words = words;
		this.clock = clock;
	}

	@GetMapping
	String watch(@PathVariable String key, @PathVariable String slug, @PathVariable int id, Model model) {
		model.addAttribute("newsletter", this.newsletters.require(key));
		progress(key, slug, id, model);
		SendAddress.Named named = this.address.require(key, slug, id);
		Issue issue = named.issue();
		this.versions.byId(issue, named.send().versionId())
			.ifPresent((version) -> model.addAttribute("version", version));
		model.addAttribute("current", this.versions.current(issue));
		return "send";
	}

	/** The part of the page that changes, asked for again and again. */
	@GetMapping("/progress")
	String progress(@PathVariable String key, @PathVariable String slug, @PathVariable int id, Model model) {
		SendAddress.Named named = this.address.require(key, slug, id);
		Send send = named.send();
		model.addAttribute("newsletterKey", key);
		model.addAttribute("issue", named.issue());
		model.addAttribute("send", send);
		model.addAttribute("progress", this.looks.at(send));
		model.addAttribute("providers", this.traffic.of(id));
		model.addAttribute("undoable", send.isUndoable(this.sends.undoWindow()));
		model.addAttribute("expiring", isHeldUnderWay(send) ? this.decisions.expiring(id) : 0);
		if (send.isResend() && send.audience() == null && send.status().isUnfinished()) {
			model.addAttribute("listed", this.sends.audienceNow(named.issue(), send).recipients());
		}
		model.addAttribute("every", secondsToNextLook(send));
		model.addAttribute("again", again(send));
		return "send-progress";
	}

	private static boolean isHeldUnderWay(Send send) {
		return send.status() == SendStatus.HELD && send.audience() != null;
	}

	private int secondsToNextLook(Send send) {
		return switch (send.status()) {
			case SCHEDULED -> send.isUndoable(this.sends.undoWindow()) ? 1 : 5;
			case RUNNING -> 2;
			case WAITING -> 5;
			case HELD -> send.isCancelling() ? 1 : 5;
			case DONE, CANCELLED -> 0;
		};
	}

	/** Where to ask anew for what was cancelled before anything left. */
	private String again(Send send) {
		if (send.status() != SendStatus.CANCELLED || send.audience() != null) {
			return "";
		}
		if (send.isResend()) {
			return this.page.visitor().admin() ? ResendController.askedFor(send) : "";
		}
		Send.OfSegment segment = send.segment();
		String to = (segment != null) ? "&segment=" + segment.key() : "";
		if (!send.isPlanned(this.sends.undoWindow()) || send.dueAt().isBefore(this.clock.instant())) {
			return "/send?when=now" + to;
		}
		LocalDateTime due = (send.localAt() != null) ? send.localAt()
				: LocalDateTime.ofInstant(send.dueAt(), send.zone());
		return "/send?when=at&date=%s&time=%s&zone=%s%s".formatted(due.toLocalDate(),
				due.toLocalTime().truncatedTo(ChronoUnit.MINUTES),
				UriUtils.encode(send.zone().getId(), StandardCharsets.UTF_8),
				(send.localAt() != null) ? "&local=yes" : "") + to;
	}

	@PostMapping("/pause")
	String pause(@PathVariable String key, @PathVariable String slug, @PathVariable int id, RedirectAttributes flash) {
		SendAddress.Named named = this.address.require(key, slug, id);
		boolean paused = this.decisions.pause(id, this.page.visitor().name());
		return decided(flash, paused, paused ? "send.paused" : "send.not-running", named);
	}

	/** Also what "Undo" does before the first mail: nothing has left then. */
	@PostMapping("/cancel")
	String cancel(@PathVariable String key, @PathVariable String slug, @PathVariable int id, RedirectAttributes flash) {
		SendAddress.Named named = this.address.require(key, slug, id);
		boolean cancelled = this.decisions.cancelUnlessUndone(id, this.page.visitor().name());
		Send send = this.sends.byId(id);
		String word = !cancelled ? "send.too-late"
				: send.isCancelling() ? "send.cancelling" : (send.audience() != null) ? "send.ended" : "send.cancelled";
		return decided(flash, cancelled, word, named);
	}

	/** Takes a cancelling back. */
	@PostMapping("/keep")
	String keep(@PathVariable String key, @PathVariable String slug, @PathVariable int id, RedirectAttributes flash) {
		SendAddress.Named named = this.address.require(key, slug, id);
		boolean kept = this.decisions.takeCancellingBack(id);
		return decided(flash, kept, kept ? "send.kept" : "send.not-kept", named);
	}

	/** The decision that a held send waits for. */
	@PostMapping("/continue")
	String goOn(@PathVariable String key, @PathVariable String slug, @PathVariable int id, RedirectAttributes flash) {
		SendAddress.Named named = this.address.require(key, slug, id);
		boolean released = this.decisions.resumeUnlessUndone(id);
		return decided(flash, released, released ? "send.continued" : "send.not-held", named);
	}

	private String decided(RedirectAttributes flash, boolean done, String word, SendAddress.Named named) {
		flash.addFlashAttribute(done ? "done" : "problem", this.words.say(word));
		return "redirect:" + named.path();
	}

}
