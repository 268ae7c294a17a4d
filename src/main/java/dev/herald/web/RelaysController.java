package dev.herald.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.delivery.Limit;
import dev.herald.delivery.Limits;
import dev.herald.problem.Problem;

/** Relays, limits and warm-up: what counts now, where it comes from, and changing it. */
@Controller
@RequestMapping("/relays")
class RelaysController {

	private final Limits limits;

	private final PageModel page;

	private final Words words;

	RelaysController(Limits limits, PageModel page, Words words) {
		this.limits = limits;
		this.page = page;
		this.words = words;
	}

	@GetMapping
	String show(Model model) {
		List<Limit> all = this.limits.all();
		Map<String, Limit> byName = new LinkedHashMap<>();
		all.forEach((limit) -> byName.put(limit.name(), limit));
		model.addAttribute("limits", byName);
		model.addAttribute("relays", this.limits.relays().all());
		model.addAttribute("carried", this.limits.carriedToday());
		model.addAttribute("warmUps", this.limits.warmingUp());
		model.addAttribute("sending", of(all, Limit.Group.SENDING));
		model.addAttribute("pacing", of(all, Limit.Group.PACING));
		model.addAttribute("providers",
				of(all, Limit.Group.PROVIDERS).stream()
					.filter((limit) -> limit.unfit() == null)
					.map(Limit::owner)
					.distinct()
					.sorted()
					.toList());
		model.addAttribute("unfit", all.stream().filter((limit) -> limit.unfit() != null).toList());
		return "relays";
	}

	private static List<Limit> of(List<Limit> limits, Limit.Group group) {
		return limits.stream().filter((limit) -> limit.group() == group).toList();
	}

	@GetMapping("/limit")
	String form(@RequestParam String name, Model model) {
		Limit limit = this.limits.require(name);
		model.addAttribute("limit", limit);
		model.addAttribute("typed", limit.value());
		return "limit";
	}

	@PostMapping("/limit")
	ModelAndView change(@RequestParam String name, @RequestParam(defaultValue = "") String value,
			RedirectAttributes flash) {
		Limit limit = this.limits.require(name);
		try {
			this.limits.change(name, value, this.page.visitor().name());
		}
		catch (Problem problem) {
			return new ModelAndView("limit", Map.of("limit", limit, "typed", value, "problem", this.words.say(problem)),
					HttpStatus.BAD_REQUEST);
		}
		flash.addFlashAttribute("done", this.words.say("relays.changed", name));
		return new ModelAndView("redirect:/relays");
	}

	@PostMapping("/limit/restore")
	String restore(@RequestParam String name, RedirectAttributes flash) {
		this.limits.restore(name);
		flash.addFlashAttribute("done", this.words.say("relays.restored", name));
		return "redirect:/relays";
	}

}
