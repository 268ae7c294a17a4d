package dev.herald.tracking;

import java.time.Duration;

import dev.herald.problem.Problem;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param window so long after the first request for a mail's links and pixel it is waited
 * for others, before they are taken for a person's or a machine's; up to 10 minutes,
 * defaults to 10 s
 */
@ConfigurationProperties("herald.tracking")
record TrackingSettings(@DefaultValue("10s") Duration window) {

	private static final Duration LONGEST = Duration.ofMinutes(10);

	TrackingSettings {
		if (window.isNegative() || window.compareTo(LONGEST) > 0) {
			throw Problem.usage("herald.tracking.window is %s: it has to be 0s to %d minutes.".formatted(window,
					LONGEST.toMinutes()));
		}
	}

}
