package dev.herald.tracking;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.stereotype.Component;

/**
 * Finds the delivery that a token in some text names. Each way takes only tokens made for
 * it; anything else is empty, never an error. Thread-safe.
 */
@Component
public class DeliveryLookup {

	private static final String TOKEN = "([A-Za-z2-7]{" + Tokens.LENGTH + "})";

	/**
	 * At the end of the local part: forwarders put their own signs before it (SRS, BATV).
	 */
	private static final Pattern ADDRESS = Pattern.compile("\\+" + TOKEN + "\"?@");

	private static final Pattern MESSAGE_ID = Pattern.compile("<" + TOKEN + "@");

	private static final Pattern LINK = Pattern.compile("/u/" + TOKEN + "(?![A-Za-z0-9])");

	private static final String NO_DELIVERY = "(?:" + DeliveryLinks.SAMPLE + "|" + DeliveryLinks.NOTICE + ")";

	private static final Pattern SAMPLE = Pattern.compile(
			"(?i)\\+" + NO_DELIVERY + "\"?@|<" + NO_DELIVERY + "[.@]|/u/" + DeliveryLinks.SAMPLE + "(?![A-Za-z0-9])");

	/** A text of nothing but forged tokens costs two HMACs each. */
	private static final int MAX_CANDIDATES = 8;

	private final Tokens tokens;

	DeliveryLookup(Tokens tokens) {
		this.tokens = tokens;
	}

	/** By the token in an unsubscribe link's path, as it is. */
	public Optional<DeliveryKey> byUnsubscribeToken(String token) {
		return this.tokens.read(TokenPurpose.UNSUBSCRIBE, token);
	}

	/** By the token that notices have in their unsubscribe links. */
	Optional<SubscriptionKey> bySubscriptionToken(String token) {
		return this.tokens.read(TokenPurpose.SUBSCRIPTION, token)
			.map((key) -> new SubscriptionKey(key.issueId(), key.subscriberId()));
	}

	/** By the first unsubscribe link in a text, such as a List-Unsubscribe field. */
	public Optional<DeliveryKey> byUnsubscribeLink(String text) {
		return first(LINK, TokenPurpose.UNSUBSCRIBE, text);
	}

	/** By the first address in a text that unsubscribes who writes to it. */
	public Optional<DeliveryKey> byUnsubscribeAddress(String text) {
		return first(ADDRESS, TokenPurpose.UNSUBSCRIBE_BY_MAIL, text);
	}

	/** By the first VERP address in a text, such as a To or Return-Path field. */
	public Optional<DeliveryKey> byEnvelopeSender(String text) {
		return first(ADDRESS, TokenPurpose.ENVELOPE_SENDER, text);
	}

	/**
	 * The sign-up that a mail answered, by the first envelope sender or Message-ID of
	 * such a mail in a text.
	 */
	public Optional<Long> signUp(String text) {
		return first(ADDRESS, this::signUpOf, text).or(() -> first(MESSAGE_ID, this::signUpOf, text));
	}

	private Optional<Long> signUpOf(String token) {
		return this.tokens.readNumber(TokenPurpose.SIGN_UP_MAIL, token);
	}

	/** By the first Message-ID of ours in a text, angle brackets included. */
	public Optional<DeliveryKey> byMessageId(String text) {
		return first(MESSAGE_ID, TokenPurpose.MESSAGE_ID, text);
	}

	/**
	 * Whether a text has what a test or a notice has in the place of a token, in an
	 * address, a Message-ID or a link: what comes back to them is of no delivery.
	 */
	public static boolean isOfTest(String text) {
		return SAMPLE.matcher(text).find();
	}

	private Optional<DeliveryKey> first(Pattern pattern, TokenPurpose purpose, String text) {
		return first(pattern, (token) -> this.tokens.read(purpose, token), text);
	}

	private static <T> Optional<T> first(Pattern pattern, Function<String, Optional<T>> reader, String text) {
		Matcher matcher = pattern.matcher(text);
		for (int i = 0; i < MAX_CANDIDATES && matcher.find(); i++) {
			Optional<T> named = reader.apply(matcher.group(1));
			if (named.isPresent()) {
				return named;
			}
		}
		return Optional.empty();
	}

}
