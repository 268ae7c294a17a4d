package dev.herald.web;

import java.util.stream.Stream;

import dev.herald.signup.SignUps;
import dev.herald.signup.SignUps.Offer;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The link of a confirmation mail. Mail scanners follow links, and some send forms to see
 * what is behind: only what the page's own button sends confirms.
 */
@Controller
class ConfirmController {

	private final SignUps signUps;

	private final ReaderLanguages languages;

	ConfirmController(SignUps signUps, ReaderLanguages languages) {
		this.signUps = signUps;
		this.languages = languages;
	}

	@GetMapping("/confirm/{token}")
	ModelAndView offer(@PathVariable String token, HttpServletRequest request) {
		return this.signUps.offer(token).map(this::page).orElseGet(() -> unknown(request));
	}

	@PostMapping(path = "/confirm/{token}", params = "button=confirm")
	ModelAndView confirm(@PathVariable String token, HttpServletRequest request) {
		if (isAhead(request)) {
			return offer(token, request);
		}
		return this.signUps.confirm(token, request.getRemoteAddr()).map(this::page).orElseGet(() -> unknown(request));
	}

	@PostMapping(path = "/confirm/{token}", params = "button=again")
	ModelAndView again(@PathVariable String token, HttpServletRequest request) {
		if (isAhead(request)) {
			return offer(token, request);
		}
		return this.signUps.again(token, request.getRemoteAddr()).map((again) -> {
			if (!again.allowed()) {
				return page(again.offer(), "busy", HttpStatus.TOO_MANY_REQUESTS);
			}
			return again.asked() ? page(again.offer(), "asked", HttpStatus.OK) : page(again.offer());
		}).orElseGet(() -> unknown(request));
	}

	@PostMapping(path = "/confirm/{token}", params = { "button!=confirm", "button!=again" })
	ModelAndView nothing(@PathVariable String token, HttpServletRequest request) {
		return offer(token, request);
	}

	/** A browser or program fetches ahead of its user, and says so. */
	private static boolean isAhead(HttpServletRequest request) {
		return Stream.of("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
			.map(request::getHeader)
			.anyMatch((purpose) -> purpose != null && purpose.matches("(?i).*(?:prefetch|prerender|preview).*"));
	}

	private ModelAndView page(Offer offer) {
		return switch (offer.status()) {
			case OPEN -> page(offer, "confirm", HttpStatus.OK);
			case CONFIRMED -> page(offer, "confirmed", HttpStatus.OK);
			case EXPIRED -> page(offer, "expired", HttpStatus.GONE);
			case SUPPRESSED -> page(offer, "suppressed", HttpStatus.FORBIDDEN);
		};
	}

	private ModelAndView page(Offer offer, String what, HttpStatus status) {
		return JoinPage.of(offer.newsletter(), offer.language(), this.languages)
			.leadingTo(offer.preferences())
			.show(what, status);
	}

	private ModelAndView unknown(HttpServletRequest request) {
		return JoinPage.unknown("unknown", request, this.languages);
	}

}
