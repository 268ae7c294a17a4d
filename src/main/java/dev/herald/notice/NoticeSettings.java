package dev.herald.notice;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails leave that belong to no send.
 *
 * @param retry the pause before the second attempt at one; it doubles with each further
 * one, up to an hour. 1 s to 1 h
 * @param giveUp after so long one that could not leave is given up; 1 min to 7 d
 * @param patience how long the relay's answer is waited for; 1 s to 5 min
 */
@ConfigurationProperties("herald.notice")
record NoticeSettings(@DefaultValue("1m") Duration retry, @DefaultValue("24h") Duration giveUp,
		@DefaultValue("1m") Duration patience) {

	private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

	NoticeSettings {
		check("retry", retry, Duration.ofSeconds(1), LONGEST_PAUSE);
		check("give-up", giveUp, Duration.ofMinutes(1), Duration.ofDays(7));
		check("patience", patience, Duration.ofSeconds(1), Duration.ofMinutes(5));
	}

	private static void check(String name, Duration value, Duration least, Duration most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new IllegalArgumentException(
					"herald.notice.%s must be from %s to %s, not %s".formatted(name, least, most, value));
		}
	}

	/**
	 * @param attempts so far, at least one
	 */
	Duration pauseAfter(int attempts) {
		Duration pause = this.retry.multipliedBy(1L << Math.min(attempts - 1, 20));
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
	}

}
