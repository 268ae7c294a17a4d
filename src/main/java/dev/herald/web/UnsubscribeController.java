package dev.herald.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

import dev.herald.subscriber.ConsentSource;
import dev.herald.tracking.Unsubscribing;
import dev.herald.tracking.Unsubscribing.Offer;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The unsubscribe link of a mail. Mail scanners follow links, so GET and HEAD only show a
 * page with one button. POST ends the subscription, from the button or from a mail
 * program (RFC 8058), without cookie or sign-in.
 */
@Controller
class UnsubscribeController {

	/**
	 * What the page's own button sends; a mail program sends List-Unsubscribe=One-Click.
	 */
	private static final String BUTTON = "button";

	private final Unsubscribing unsubscribing;

	UnsubscribeController(Unsubscribing unsubscribing) {
		this.unsubscribing = unsubscribing;
	}

	@GetMapping("/u/{token}")
	ModelAndView offer(@PathVariable String token, HttpServletRequest request) {
		return this.unsubscribing.offer(token)
			.map((offer) -> page(offer.subscribed() ? "offer" : "done", offer, HttpStatus.OK))
			.orElseGet(() -> unknown(request));
	}

	@PostMapping(path = "/u/{token}", params = BUTTON)
	ModelAndView confirmOnPage(@PathVariable String token, HttpServletRequest request) {
		return this.unsubscribing.confirm(token, ConsentSource.UNSUBSCRIBE_PAGE)
			.map((offer) -> page("done", offer, HttpStatus.OK))
			.orElseGet(() -> unknown(request));
	}

	/**
	 * The field List-Unsubscribe is not asked for: who sends none has still pressed a
	 * button, and a reader who can't leave presses "spam".
	 */
	@PostMapping(path = "/u/{token}", params = "!" + BUTTON)
	ResponseEntity<String> oneClick(@PathVariable String token,
			@RequestParam(name = "List-Unsubscribe", required = false) Optional<String> command) {
		ConsentSource source = command.isPresent() ? ConsentSource.ONE_CLICK : ConsentSource.UNSUBSCRIBE_PAGE;
		boolean known = this.unsubscribing.confirm(token, source).isPresent();
		return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.NOT_FOUND)
			.contentType(MediaType.TEXT_PLAIN)
			.body(known ? "unsubscribed\n" : "unknown link\n");
	}

	private static ModelAndView page(String what, Offer offer, HttpStatus status) {
		return new ModelAndView("unsubscribe", Map.of("what", what, "offer", offer, "words", words(offer.language())),
				status);
	}

	private static ModelAndView unknown(HttpServletRequest request) {
		return new ModelAndView("unsubscribe", Map.of("what", "unknown", "words", words(request.getLocale())),
				HttpStatus.NOT_FOUND);
	}

	/**
	 * English, or Chinese for a newsletter in Chinese. The server's own language must not
	 * show through for a third one.
	 */
	private static ResourceBundle words(Locale language) {
		return ResourceBundle.getBundle("words.unsubscribe", language,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
	}

}
