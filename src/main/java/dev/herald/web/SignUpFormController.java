package dev.herald.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.signup.SignUpForm;
import dev.herald.signup.SignUpForms;
import dev.herald.signup.Welcome;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whether and how readers sign up for a newsletter by themselves, for editors. */
@Controller
@RequestMapping("/newsletters/{key}/sign-up")
class SignUpFormController {

	private final Newsletters newsletters;

	private final SignUpForms forms;

	private final Installation installation;

	private final Words words;

	SignUpFormController(Newsletters newsletters, SignUpForms forms, Installation installation, Words words) {
		this.newsletters = newsletters;
		this.forms = forms;
		this.installation = installation;
		this.words = words;
	}

	@GetMapping
	ModelAndView show(@PathVariable String key) {
		Newsletter newsletter = this.newsletters.require(key);
		SignUpForm form = this.forms.of(newsletter);
		return page(newsletter, form.offered(), form.agreement(), form.welcome().name(), HttpStatus.OK);
	}

	@PostMapping
	ModelAndView change(@PathVariable String key, @RequestParam(defaultValue = "false") boolean offered,
			@RequestParam(defaultValue = "") String agreement, @RequestParam(defaultValue = "NONE") String welcome,
			RedirectAttributes flash) {
		Newsletter newsletter = this.newsletters.require(key);
		try {
			this.forms.change(newsletter, new SignUpForm(offered, agreement, welcome(welcome)));
			flash.addFlashAttribute("done", this.words.say("signup.saved"));
			return new ModelAndView("redirect:/newsletters/" + key + "/sign-up");
		}
		catch (Problem ex) {
			return page(newsletter, offered, agreement, welcome, HttpStatus.BAD_REQUEST).addObject("wrong",
					this.words.say(ex));
		}
	}

	private static Welcome welcome(String name) {
		return Arrays.stream(Welcome.values())
			.filter((welcome) -> welcome.name().equals(name))
			.findFirst()
			.orElse(Welcome.NONE);
	}

	private ModelAndView page(Newsletter newsletter, boolean offered, String agreement, String welcome,
			HttpStatus status) {
		return new ModelAndView("sign-up-form",
				Map.of("newsletter", newsletter, "offered", offered, "agreement", agreement, "welcome", welcome,
						"welcomes", List.of(Welcome.values()), "usual",
						SignUpForm.usualAgreement(newsletter, newsletter.language()), "address",
						this.installation.baseUrl() + "/join/" + newsletter.key()),
				status);
	}

}
