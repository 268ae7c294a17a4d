package dev.herald.web;

import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import dev.herald.health.Checkup;
import dev.herald.health.Condition;
import dev.herald.health.Condition.Level;

/** Whether all is well, and what to do where it is not. */
@Controller
class HealthController {

	private final Checkup checkup;

	private final Words words;

	HealthController(Checkup checkup, Words words) {
		this.checkup = checkup;
		this.words = words;
	}

	@GetMapping("/health")
	String show(Model model) {
		List<Condition> conditions = this.checkup.now();
		model.addAttribute("lines",
				conditions.stream().map((condition) -> HealthLine.of(condition, this.words)).toList());
		model.addAttribute("wrong", conditions.stream().filter((each) -> each.level() != Level.GOOD).count());
		return "health";
	}

}
