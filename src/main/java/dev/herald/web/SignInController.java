package dev.herald.web;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import dev.herald.account.SetUp;
import dev.herald.problem.Problem;

/** Signing in, and the one time that there is no account to sign in with. */
@Controller
class SignInController {

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");

	private final SetUp setUp;

	private final Words words;

	SignInController(SetUp setUp, Words words) {
		this.setUp = setUp;
		this.words = words;
	}

	@GetMapping(Access.SIGN_IN)
	String signIn(@RequestParam Map<String, String> query, Model model) {
		for (String outcome : new String[] { "wrong", "left", "ended", "ready" }) {
			if (query.containsKey(outcome)) {
				model.addAttribute("notice", this.words.say("sign-in." + outcome));
				model.addAttribute("bad", outcome.equals("wrong"));
			}
		}
		String pause = query.getOrDefault("pause", "");
		if (SECONDS.matcher(pause).matches()) {
			model.addAttribute("notice",
					this.words.say("sign-in.pause", this.words.until(Duration.ofSeconds(Integer.parseInt(pause)))));
			model.addAttribute("bad", true);
		}
		return "sign-in";
	}

	@GetMapping("/setup")
	String form(@RequestParam(defaultValue = "") String token, Model model) {
		if (!this.setUp.accepts(token)) {
			throw Problem.usage(this.words.say("setup.gone"));
		}
		model.addAttribute("token", token);
		return "setup";
	}

	@PostMapping("/setup")
	ModelAndView first(@RequestParam(defaultValue = "") String token, @RequestParam(defaultValue = "") String address,
			@RequestParam(defaultValue = "") String password) {
		if (!this.setUp.accepts(token)) {
			throw Problem.usage(this.words.say("setup.gone"));
		}
		try {
			this.setUp.firstAdmin(token, address, password);
			return new ModelAndView("redirect:" + Access.SIGN_IN + "?ready");
		}
		catch (Problem ex) {
			return new ModelAndView("setup", Map.of("token", token, "address", address, "problem", this.words.say(ex)),
					HttpStatus.BAD_REQUEST);
		}
	}

}
