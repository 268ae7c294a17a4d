package dev.herald.subscriber;

import java.util.Locale;

/** What a column of a list may hold. */
public enum ListField {

	EMAIL, NAME, FIRST_NAME, LAST_NAME,

	/** IANA. */
	ZONE,

	/** BCP 47. */
	LANGUAGE,

	/**
	 * One word for what the subscription is: active, unconfirmed, unsubscribed, bounced.
	 */
	STATE,

	/** Since when the subscription is what it is. */
	SINCE,

	PAUSED_UNTIL,

	/** Yes or no; no is unsubscribed. */
	SUBSCRIBED,

	/** Yes or no; yes is unsubscribed. */
	UNSUBSCRIBED,

	/** Yes or no; no is pending. */
	CONFIRMED,

	/** Yes or no; yes is unsubscribed, and suppressed. */
	BLOCKED,

	/** A time; unsubscribed where there is one. */
	LEFT_AT,

	/** A time; suppressed as a hard bounce where there is one. */
	BOUNCED_AT,

	/** The name of a {@link SuppressionReason}. */
	SUPPRESSION, SUPPRESSED_SINCE, SUPPRESSION_WHY,

	/** A JSON object of attributes. */
	ATTRIBUTES,

	/** An attribute by the name of the column. */
	ATTRIBUTE,

	IGNORED;

	/** As options of commands name it: first-name. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Whether a list can have but one such column. */
	boolean isOne() {
		return this != ATTRIBUTE && this != IGNORED;
	}

	/** Whether the value has to be on one line: else a quote was left open. */
	boolean isOneLine() {
		return this != ATTRIBUTE && this != ATTRIBUTES && this != IGNORED && this != SUPPRESSION_WHY;
	}

}
