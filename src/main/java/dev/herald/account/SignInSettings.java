package dev.herald.account;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people stay signed in.
 *
 * @param idle after which a session that was not used ends: 5 minutes to 90 days
 * @param longest after which a session ends, used or not: at least idle, at most a year
 * @param adminTotp whether an ADMIN needs the second factor
 */
@ConfigurationProperties("herald.sign-in")
public record SignInSettings(@DefaultValue("7d") Duration idle, @DefaultValue("30d") Duration longest,
		@DefaultValue("false") boolean adminTotp) {

	private static final Duration SHORTEST_IDLE = Duration.ofMinutes(5);

	private static final Duration LONGEST_IDLE = Duration.ofDays(90);

	private static final Duration LONGEST = Duration.ofDays(365);

	public SignInSettings {
		if (idle.compareTo(SHORTEST_IDLE) < 0 || idle.compareTo(LONGEST_IDLE) > 0) {
			throw new IllegalArgumentException("herald.sign-in.idle must be between 5m and 90d");
		}
		if (longest.compareTo(idle) < 0 || longest.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"herald.sign-in.longest must be at least herald.sign-in.idle and at most 365d");
		}
	}

}
