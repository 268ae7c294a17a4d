package dev.herald.smtp;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One look at whether a relay would take mail: it is connected to, TLS begun, signed in
 * to, and left again.
 *
 * @param trouble why it would not: RelayUnavailable or Refused; empty where it would
 * @param ahead how far its clock is ahead of ours (negative: behind), where its greeting
 * names the time, as those of sendmail and Exchange do
 */
public record RelayLook(Relay relay, Optional<SendOutcome> trouble, Optional<Duration> ahead) {

	/** RFC 5322 section 3.3, as it comes in greetings. */
	private static final Pattern DATE = Pattern
		.compile("(?:[A-Z][a-z]{2}, )?(\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}(?::\\d{2})? (?:[+-]\\d{4}|GMT))");

	/**
	 * Blocks, for a few times the given patience at most.
	 * @param patience for connecting and for each reply
	 */
	public static RelayLook at(Relay relay, Duration patience) {
		try (SmtpConnection connection = new SmtpConnection(relay.answeringWithin(patience))) {
			Optional<SendOutcome> trouble = connection.open();
			return new RelayLook(relay, trouble, ahead(connection.greeting(), Instant.now()));
		}
	}

	static Optional<Duration> ahead(String greeting, Instant now) {
		Matcher matcher = DATE.matcher(greeting);
		if (!matcher.find()) {
			return Optional.empty();
		}
		try {
			Instant told = ZonedDateTime.parse(matcher.group(1), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			return Optional.of(Duration.between(now, told));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
