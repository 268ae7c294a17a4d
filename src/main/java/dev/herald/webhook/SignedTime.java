package dev.herald.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.stereotype.Component;

/**
 * Whether a signed request is of these days: a leaked one must not be good for ever.
 * Thread-safe.
 */
@Component
class SignedTime {

	/** By which a provider's clock may be ahead. */
	private static final Duration AHEAD = Duration.ofMinutes(10);

	private final Duration maxAge;

	private final Clock clock;

	SignedTime(WebhookSettings settings, Clock clock) {
		this.maxAge = settings.maxAge();
		this.clock = clock;
	}

	/**
	 * @param seconds since 1970, as the provider writes it
	 */
	boolean isRecent(String seconds) {
		if (!seconds.matches("\\d{1,11}")) {
			return false;
		}
		Instant signed = Instant.ofEpochSecond(Long.parseLong(seconds));
		Instant now = this.clock.instant();
		return signed.isAfter(now.minus(this.maxAge)) && signed.isBefore(now.plus(AHEAD));
	}

}
