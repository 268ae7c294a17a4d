package dev.herald.delivery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long people can change their minds.
 *
 * @param window between a decision on a page and what can't be taken back: a send's first
 * mail, or the end of one that is cancelled; 0 s (at once) to 10 min, defaults to 30 s
 */
@ConfigurationProperties("herald.undo")
record UndoSettings(@DefaultValue("30s") Duration window) {

	private static final Duration LONGEST = Duration.ofMinutes(10);

	UndoSettings {
		if (window.isNegative() || window.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("herald.undo.window must be from 0s to 10m");
		}
	}

}
