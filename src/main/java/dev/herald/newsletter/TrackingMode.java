package dev.herald.newsletter;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/** What a newsletter wants to know of its readers. Stored by name. */
public enum TrackingMode {

	/** Mails have the links of their issue and no pixel. */
	NONE,

	/**
	 * How often links are followed and mails opened, and never by whom: all mails have
	 * the same links.
	 */
	TOTALS,

	/**
	 * Also by whom, of readers who consented to it; the mails of all others are those of
	 * {@link #NONE}.
	 */
	PERSONS;

	/** As people write it. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * @throws Problem (usage) when it is none of the three
	 */
	public static TrackingMode of(String written) {
		return Arrays.stream(values())
			.filter((mode) -> mode.key().equals(written.strip().toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> Problem.usage(Sentence.of("newsletter.tracking", NewsletterSettings.printable(written),
					Arrays.stream(values()).map(TrackingMode::key).collect(Collectors.joining(", ")))));
	}

	/** Whichever of the two wants to know less. */
	public TrackingMode atMost(TrackingMode other) {
		return (compareTo(other) <= 0) ? this : other;
	}

}
