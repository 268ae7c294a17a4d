package dev.herald.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import dev.herald.address.EmailAddress;
import dev.herald.person.PersonRequests;
import dev.herald.person.PersonRequests.Answer;
import dev.herald.person.Preferences;
import dev.herald.person.Preferences.Offer;
import dev.herald.settings.Installation;
import dev.herald.tracking.DeliveryLinks;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The preferences link of a mail. Scanners follow links: GET and HEAD only show the page,
 * its buttons post. What a forwarded mail must not give away or end for good (the copy,
 * the erasure, the address) goes by a mail of its own.
 */
@Controller
class PreferencesController {

	private static final String PATH = "/u/{token}/preferences";

	/** The button that was pressed. */
	private static final String BUTTON = "do";

	private final Preferences preferences;

	private final PersonRequests requests;

	private final Installation installation;

	private final ReaderLanguages languages;

	PreferencesController(Preferences preferences, PersonRequests requests, Installation installation,
			ReaderLanguages languages) {
		this.languages = languages;
		this.preferences = preferences;
		this.requests = requests;
		this.installation = installation;
	}

	@GetMapping(PATH)
	ModelAndView show(@PathVariable String token, HttpServletRequest request) {
		return withOffer(token, request, (offer, page) -> page.show(HttpStatus.OK));
	}

	@PostMapping(path = PATH, params = BUTTON + "=save")
	ModelAndView save(@PathVariable String token, @RequestParam MultiValueMap<String, String> form,
			HttpServletRequest request) {
		return withOffer(token, request, (offer, page) -> {
			PreferencesForm filled = PreferencesForm.read(form, offer, this.languages);
			if (!filled.problems().isEmpty()) {
				return page.wrong(filled.typed(), filled.wanted(), filled.problems()).show(HttpStatus.BAD_REQUEST);
			}
			return this.preferences.choose(token, filled.wanted())
				.map((after) -> page(after, token, request).said("saved").show(HttpStatus.OK))
				.orElseGet(() -> unknown(request));
		});
	}

	@PostMapping(path = PATH, params = BUTTON + "=move")
	ModelAndView move(@PathVariable String token, @RequestParam(defaultValue = "") String address,
			HttpServletRequest request) {
		return withOffer(token, request, (offer, page) -> {
			Optional<EmailAddress> to = EmailAddress.tryParse(address);
			if (to.isEmpty()) {
				return page.moveTo(address).wrong(Map.of("address", "wrong.address")).show(HttpStatus.BAD_REQUEST);
			}
			return asked(page, "move", this.requests.move(token, to.get(), language(offer, request)), request);
		});
	}

	@PostMapping(path = PATH, params = BUTTON + "=export")
	ModelAndView export(@PathVariable String token, HttpServletRequest request) {
		return withOffer(token, request,
				(offer, page) -> asked(page, "export", this.requests.export(token, language(offer, request)), request));
	}

	@PostMapping(path = PATH, params = BUTTON + "=erase")
	ModelAndView erase(@PathVariable String token, HttpServletRequest request) {
		return withOffer(token, request,
				(offer, page) -> asked(page, "erase", this.requests.erase(token, language(offer, request)), request));
	}

	/** A button that is not on the page changes nothing. */
	@PostMapping(PATH)
	ModelAndView other(@PathVariable String token, HttpServletRequest request) {
		return show(token, request);
	}

	private ModelAndView asked(PreferencesPage page, String what, Optional<Answer> answer, HttpServletRequest request) {
		return answer.map((given) -> switch (given) {
			case SENT -> page.said(what + ".sent").show(HttpStatus.OK);
			case TOO_OFTEN -> page.said("too-often").show(HttpStatus.TOO_MANY_REQUESTS);
			case SUPPRESSED -> page.said("suppressed").show(HttpStatus.CONFLICT);
		}).orElseGet(() -> unknown(request));
	}

	private ModelAndView withOffer(String token, HttpServletRequest request,
			BiFunction<Offer, PreferencesPage, ModelAndView> answer) {
		if (token.equals(DeliveryLinks.SAMPLE)) {
			return PreferencesPage.plain("sample", wordless(request), this.languages, HttpStatus.OK);
		}
		return this.preferences.offer(token)
			.map((offer) -> answer.apply(offer, page(offer, token, request)))
			.orElseGet(() -> unknown(request));
	}

	private PreferencesPage page(Offer offer, String token, HttpServletRequest request) {
		return PreferencesPage.of(offer, language(offer, request), this.languages, token,
				this.installation.baseUrl().getHost());
	}

	private Locale language(Offer offer, HttpServletRequest request) {
		return this.languages.of(offer.profile().language(), request, offer.newsletter().language());
	}

	private ModelAndView unknown(HttpServletRequest request) {
		return PreferencesPage.plain("unknown", wordless(request), this.languages, HttpStatus.NOT_FOUND);
	}

	/** Where there is no newsletter to take it from. */
	private Locale wordless(HttpServletRequest request) {
		return this.languages.of(null, request, Locale.ENGLISH);
	}

}
