package dev.herald.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Warns at once, then once a minute at most of the same: strangers must not be able to
 * fill the log. Thread-safe.
 */
@Component
class RareWarnings {

	private static final Logger logger = LoggerFactory.getLogger(RareWarnings.class);

	private static final Duration QUIET = Duration.ofMinutes(1);

	private final Clock clock;

	/** As many as there are kinds of warnings: texts of Herald's own. */
	private final Map<String, Said> said = new HashMap<>();

	RareWarnings(Clock clock) {
		this.clock = clock;
	}

	/**
	 * @param kind of the warning, of a small set
	 * @param detail of this one; names no person
	 */
	synchronized void warn(String kind, String detail) {
		Instant now = this.clock.instant();
		Said before = this.said.get(kind);
		if (before != null && now.isBefore(before.at().plus(QUIET))) {
			this.said.put(kind, new Said(before.at(), before.untold() + 1));
			return;
		}
		this.said.put(kind, new Said(now, 0));
		int untold = (before != null) ? before.untold() : 0;
		logger.warn("{}: {}{}", kind, detail, (untold > 0) ? " (and " + untold + " times since the last line)" : "");
	}

	private record Said(Instant at, int untold) {
	}

}
