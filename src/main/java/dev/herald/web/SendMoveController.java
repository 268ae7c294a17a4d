package dev.herald.web;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.SendPlan;
import dev.herald.delivery.Sends;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;

/** Gives a planned send another time. */
@Controller
@RequestMapping("/newsletters/{key}/issues/{slug}/sends/{id}/move")
class SendMoveController {

	private final Newsletters newsletters;

	private final SendAddress address;

	private final SendDecisions decisions;

	private final Sends sends;

	private final SendTimes times;

	private final Words words;

	SendMoveController(Newsletters newsletters, SendAddress address, SendDecisions decisions, Sends sends,
			SendTimes times, Words words) {
		this.newsletters = newsletters;
		this.address = address;
		this.decisions = decisions;
		this.sends = sends;
		this.times = times;
		this.words = words;
	}

	@GetMapping
	String form(@PathVariable String key, @PathVariable String slug, @PathVariable int id, Model model) {
		SendAddress.Named named = this.address.require(key, slug, id);
		Send send = named.send();
		LocalDateTime due = (send.localAt() != null) ? send.localAt()
				: LocalDateTime.ofInstant(send.dueAt(), send.zone());
		Map<String, String> fields = new LinkedHashMap<>(Map.of("date", due.toLocalDate().toString(), "time",
				due.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString(), "zone", send.zone().getId()));
		if (send.localAt() != null) {
			fields.put("local", "yes");
		}
		fill(model, named, fields);
		return "send-move";
	}

	/**
	 * @param due one of the choices, where the time comes twice or never; empty while
	 * none was made
	 */
	@PostMapping
	ModelAndView move(@PathVariable String key, @PathVariable String slug, @PathVariable int id,
			@RequestParam Map<String, String> fields, @RequestParam(defaultValue = "") String due, Model model,
			RedirectAttributes flash) {
		SendAddress.Named named = this.address.require(key, slug, id);
		try {
			SendRequest asked = this.times.parse(withTime(fields));
			if (due.isEmpty() && asked.choices().size() > 1) {
				fill(model, named, fields);
				return new ModelAndView("send-move", "choose", true);
			}
			SendPlan plan = new SendPlan(due.isEmpty() ? asked.choices().get(0).instant() : this.times.instant(due),
					asked.zone(), asked.localAt(), true);
			boolean moved = this.decisions.move(id, plan);
			flash.addFlashAttribute(moved ? "done" : "problem", this.words.say(moved ? "move.done" : "move.too-late"));
			return new ModelAndView("redirect:" + named.path());
		}
		catch (Problem ex) {
			fill(model, named, fields);
			return new ModelAndView("send-move", Map.of("problem", this.words.say(ex)), HttpStatus.BAD_REQUEST);
		}
	}

	private void fill(Model model, SendAddress.Named named, Map<String, String> fields) {
		model.addAttribute("newsletter", this.newsletters.require(named.newsletterKey()));
		model.addAttribute("issue", named.issue());
		model.addAttribute("send", named.send());
		model.addAttribute("zones", Zones.names());
		model.addAttribute("form", withTime(fields));
		this.times.fill(model, named.issue(), withTime(fields), this.sends.treeOf(named.send()).orElse(null));
	}

	/** A send that is moved always has a time. */
	private static Map<String, String> withTime(Map<String, String> fields) {
		Map<String, String> all = new LinkedHashMap<>(Map.of("date", "", "time", "", "zone", ""));
		all.putAll(fields);
		all.put("when", "at");
		return all;
	}

}
