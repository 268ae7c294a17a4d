package dev.herald.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.subscriber.SubscriptionState;
import dev.herald.tracking.Choice;
import dev.herald.tracking.Unsubscribing.Offer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * The unsubscribe page in its reader's words: what happened or would happen, and what can
 * be chosen. Not thread-safe: one use, one answer.
 */
final class UnsubscribePage {

	private final Map<String, String> words;

	private final DateTimeFormatter day;

	private final Map<String, Object> model = new HashMap<>();

	private UnsubscribePage(Map<String, String> words) {
		this.words = words;
		this.day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
			.withLocale(Locale.forLanguageTag(word("language")));
		this.model.put("words", this.words);
	}

	/** For the link of a preview or a test. */
	static ModelAndView sample(Map<String, String> words) {
		return new UnsubscribePage(words).show("sample", HttpStatus.OK);
	}

	/** For a link that is not ours. */
	static ModelAndView unknown(Map<String, String> words) {
		return new UnsubscribePage(words).show("unknown", HttpStatus.NOT_FOUND);
	}

	private String word(String key) {
		return this.words.getOrDefault(key, "");
	}

	/**
	 * @param words of the page, in its reader's language
	 * @param what happened, as the words name it
	 * @param token of the link
	 * @param host that all newsletters come from
	 */
	static ModelAndView of(Map<String, String> words, String what, Offer offer, String token, LocalDate today,
			String host, HttpStatus status) {
		UnsubscribePage page = new UnsubscribePage(words);
		page.model.put("offer", offer);
		page.model.put("token", token);
		page.model.put("standing", page.standing(offer));
		page.model.put("until", page.until(offer.pausedUntil()));
		page.model.put("host", host);
		page.model.put("subscribed", offer.state() != SubscriptionState.UNSUBSCRIBED);
		page.model.put("pauses", (offer.state() == SubscriptionState.ACTIVE) ? page.pauses(today) : List.of());
		return page.show(what, status);
	}

	/** What a subscription is, as the words name it. */
	static String what(Offer offer) {
		if (offer.state() == SubscriptionState.UNSUBSCRIBED) {
			return "done";
		}
		return (offer.pausedUntil() != null) ? "paused" : "offer";
	}

	/** What was said of tracking, where the newsletter asks for it. */
	static String tracked(Offer offer) {
		Boolean tracked = offer.tracked();
		return (tracked != null) ? (tracked ? "tracking-allowed" : "tracking-refused") : what(offer);
	}

	private String standing(Offer offer) {
		return word("standing." + what(offer)).replace("{until}", until(offer.pausedUntil()));
	}

	private String until(@Nullable Instant end) {
		return (end != null) ? this.day.format(LocalDate.ofInstant(end, ZoneOffset.UTC)) : "";
	}

	private List<Map<String, String>> pauses(LocalDate today) {
		return Choice.pauses()
			.stream()
			.map((choice) -> Map.of("key", choice.key(), "label",
					word(choice.key() + ".button").replace("{until}",
							this.day.format(today.plus(choice.pause().orElseThrow())))))
			.toList();
	}

	private ModelAndView show(String what, HttpStatus status) {
		this.model.put("what", what);
		return new ModelAndView("unsubscribe", this.model, status);
	}

}
