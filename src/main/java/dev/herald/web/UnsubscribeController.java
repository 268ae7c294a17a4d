package dev.herald.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.herald.settings.Installation;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.tracking.Choice;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.Unsubscribing;
import dev.herald.tracking.Unsubscribing.Offer;
import dev.herald.tracking.Unsubscribing.Undone;
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
 * page with buttons. POST ends or pauses the subscription, from a button or from a mail
 * program (RFC 8058), without cookie or sign-in.
 */
@Controller
class UnsubscribeController {

	/**
	 * What the page's own buttons send; a mail program sends List-Unsubscribe=One-Click.
	 */
	private static final String BUTTON = "button";

	/** The button that takes back what was chosen; its value is a token. */
	private static final String UNDO = "undo";

	private final Unsubscribing unsubscribing;

	private final Installation installation;

	private final ReaderLanguages languages;

	UnsubscribeController(Unsubscribing unsubscribing, Installation installation, ReaderLanguages languages) {
		this.languages = languages;
		this.unsubscribing = unsubscribing;
		this.installation = installation;
	}

	@GetMapping("/u/{token}")
	ModelAndView offer(@PathVariable String token, HttpServletRequest request) {
		if (token.equals(DeliveryLinks.SAMPLE)) {
			return UnsubscribePage.sample(words(request.getLocale()));
		}
		return this.unsubscribing.offer(token)
			.map((offer) -> page(UnsubscribePage.what(offer), offer, token, HttpStatus.OK))
			.orElseGet(() -> UnsubscribePage.unknown(words(request.getLocale())));
	}

	@PostMapping(path = "/u/{token}", params = { BUTTON, "!" + UNDO })
	ModelAndView choose(@PathVariable String token, @RequestParam(BUTTON) String button, HttpServletRequest request) {
		Optional<Choice> choice = Choice.ofKey(button);
		if (choice.isEmpty() || token.equals(DeliveryLinks.SAMPLE)) {
			return offer(token, request);
		}
		return this.unsubscribing.choose(token, choice.get(), ConsentSource.UNSUBSCRIBE_PAGE)
			.map((offer) -> page(what(choice.get(), offer), offer, token, HttpStatus.OK))
			.orElseGet(() -> UnsubscribePage.unknown(words(request.getLocale())));
	}

	private static String what(Choice choice, Offer offer) {
		return switch (choice) {
			case UNSUBSCRIBE_ALL -> "all-done";
			case RESUME -> (offer.state() == SubscriptionState.ACTIVE) ? "resumed" : UnsubscribePage.what(offer);
			case ALLOW_TRACKING, REFUSE_TRACKING -> UnsubscribePage.tracked(offer);
			case UNSUBSCRIBE, PAUSE_2_WEEKS, PAUSE_1_MONTH, PAUSE_3_MONTHS -> UnsubscribePage.what(offer);
		};
	}

	@PostMapping(path = "/u/{token}", params = UNDO)
	ModelAndView undo(@PathVariable String token, @RequestParam(UNDO) String undo, HttpServletRequest request) {
		return this.unsubscribing.undo(token, undo)
			.map((undone) -> undone(undone, token))
			.orElseGet(() -> UnsubscribePage.unknown(words(request.getLocale())));
	}

	private ModelAndView undone(Undone undone, String token) {
		return switch (undone.outcome()) {
			case DONE -> page("undone", undone.offer(), token, HttpStatus.OK);
			case UNKNOWN -> page("undo-unknown", undone.offer(), token, HttpStatus.NOT_FOUND);
			case EXPIRED -> page("undo-expired", undone.offer(), token, HttpStatus.GONE);
			case OVERTAKEN -> page("undo-overtaken", undone.offer(), token, HttpStatus.CONFLICT);
		};
	}

	/**
	 * The field List-Unsubscribe is not asked for: who sends none has still pressed a
	 * button, and a reader who can't leave presses "spam".
	 */
	@PostMapping(path = "/u/{token}", params = { "!" + BUTTON, "!" + UNDO })
	ResponseEntity<String> oneClick(@PathVariable String token,
			@RequestParam(name = "List-Unsubscribe", required = false) Optional<String> command) {
		if (token.equals(DeliveryLinks.SAMPLE)) {
			return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("a test: nothing was changed\n");
		}
		ConsentSource source = command.isPresent() ? ConsentSource.ONE_CLICK : ConsentSource.UNSUBSCRIBE_PAGE;
		boolean known = this.unsubscribing.choose(token, Choice.UNSUBSCRIBE, source).isPresent();
		return ResponseEntity.status(known ? HttpStatus.OK : HttpStatus.NOT_FOUND)
			.contentType(MediaType.TEXT_PLAIN)
			.body(known ? "unsubscribed\n" : "unknown link\n");
	}

	private Map<String, String> words(Locale language) {
		return this.languages.words(ReaderLanguages.UNSUBSCRIBE, language);
	}

	private ModelAndView page(String what, Offer offer, String token, HttpStatus status) {
		return UnsubscribePage.of(words(offer.language()), what, offer, token, this.unsubscribing.today(),
				this.installation.baseUrl().getHost(), status);
	}

}
