package dev.herald.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.signup.SignUpForms;
import dev.herald.signup.SignUpRequest;
import dev.herald.signup.SignUps;
import dev.herald.signup.SignUps.FormAge;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where readers sign up: Herald's own page, and what forms on other pages send to. A form
 * without the time token, as those are, is shown again on Herald's page to be sent from
 * there; so is one that was sent too quickly for a person. Whoever fills the field that
 * people don't see is told the same as everybody, and nothing is done.
 */
@Controller
class JoinController {

	private static final String TRAP = "website";

	private final SignUpForms forms;

	private final SignUps signUps;

	private final ReaderLanguages languages;

	JoinController(SignUpForms forms, SignUps signUps, ReaderLanguages languages) {
		this.forms = forms;
		this.signUps = signUps;
		this.languages = languages;
	}

	@GetMapping("/join/{key}")
	ModelAndView show(@PathVariable String key, @RequestParam Optional<String> asked, HttpServletRequest request) {
		return this.forms.offering(key).map((newsletter) -> {
			Locale language = this.languages.of(null, request, newsletter.language());
			JoinPage page = JoinPage.of(newsletter, language, this.languages);
			return asked.isPresent() ? page.show("asked", HttpStatus.OK)
					: form(page, newsletter, language, this.signUps.formToken(newsletter), HttpStatus.OK);
		}).orElseGet(() -> JoinPage.unknown("closed", request, this.languages));
	}

	private ModelAndView form(JoinPage page, Newsletter newsletter, Locale language, String shown, HttpStatus status) {
		return page
			.asking(this.forms.of(newsletter).agreement(newsletter, language),
					this.signUps.agreement(newsletter, language), shown)
			.show("form", status);
	}

	@PostMapping("/join/{key}")
	ModelAndView ask(@PathVariable String key, @RequestParam Map<String, String> fields, HttpServletRequest request) {
		return this.forms.offering(key)
			.map((newsletter) -> ask(newsletter, fields, request))
			.orElseGet(() -> JoinPage.unknown("closed", request, this.languages));
	}

	private ModelAndView ask(Newsletter newsletter, Map<String, String> fields, HttpServletRequest request) {
		if (!fields.getOrDefault(TRAP, "").isEmpty()) {
			return asked(newsletter);
		}
		Locale language = this.languages.of(null, request, newsletter.language());
		JoinPage page = JoinPage.of(newsletter, language, this.languages).with(fields);
		SignUpRequest wish = wish(page, fields, language, request);
		String shown = fields.getOrDefault("shown", "");
		FormAge age = this.signUps.age(newsletter, shown);
		String token = (age == FormAge.NONE) ? this.signUps.formToken(newsletter) : shown;
		if (wish == null) {
			return form(page, newsletter, language, token, HttpStatus.BAD_REQUEST);
		}
		if (age != FormAge.FINE) {
			return form(page.note((age == FormAge.NONE) ? "form.once-more" : "form.quick"), newsletter, language, token,
					HttpStatus.OK);
		}
		if (!this.signUps.isAgreement(newsletter, language, wish.agreement())) {
			return form(page.note("form.once-more"), newsletter, language, token, HttpStatus.OK);
		}
		return this.signUps.ask(newsletter, wish) ? asked(newsletter) : page.show("busy", HttpStatus.TOO_MANY_REQUESTS);
	}

	/** Loading that page again asks nothing again. */
	private static ModelAndView asked(Newsletter newsletter) {
		return new ModelAndView("redirect:/join/" + newsletter.key() + "?asked");
	}

	private @Nullable SignUpRequest wish(JoinPage page, Map<String, String> fields, Locale language,
			HttpServletRequest request) {
		try {
			EmailAddress address = EmailAddress.parse(fields.getOrDefault("address", ""));
			if (this.signUps.refuse(address)) {
				page.wrong("address", "error.refused");
				return null;
			}
			return new SignUpRequest(address, fields.getOrDefault("name", ""), language,
					fields.getOrDefault("form", SignUpRequest.PAGE), fields.getOrDefault("agreement", ""),
					request.getRemoteAddr());
		}
		catch (InvalidAddressException ex) {
			page.wrong("address", ex);
		}
		catch (Problem ex) {
			page.wrong("name", ex);
		}
		return null;
	}

}
