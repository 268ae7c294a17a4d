package dev.herald.returns;

import java.util.Arrays;

/**
 * Why a delivery bounced. The names are shown in reports and stored: never give one
 * another meaning. Hard reasons say that the address is dead; all others are about this
 * message, this sender or this hour.
 */
public enum BounceReason {

	/** No such mailbox: 5.1.1 and its kind. */
	USER_UNKNOWN("userunknown", true),
	/** No such domain: 5.1.2, 5.4.4. */
	HOST_UNKNOWN("hostunknown", true),
	/** A domain that takes no mail: null MX (RFC 7505), 521 and 556 (RFC 7504). */
	NO_MAIL("nomail", true),
	/** The reader has another address now: 5.1.6. */
	HAS_MOVED("hasmoved", true),
	/**
	 * The mailbox exists and is shut. RFC 3463 section 3.3: that may be for a while, so
	 * it is not hard by itself.
	 */
	MAILBOX_DISABLED("mailboxdisabled", false),
	/** 5.2.2. */
	MAILBOX_FULL("mailboxfull", false),
	/** 5.2.3, 5.3.4. */
	TOO_BIG("toobig", false),
	/** Refused for what it says, or taken for spam. */
	SPAM("spam", false),
	/** Refused for a virus, or for an attachment that might be one. */
	VIRUS("virus", false),
	/** SPF, DKIM, DMARC. */
	AUTHENTICATION("authentication", false),
	/**
	 * This sending server or sender is not wanted: block lists, reputation, missing PTR,
	 * a sender's address that is refused.
	 */
	BLOCKED("blocked", false),
	/** Too many at once: connections, messages, recipients. */
	RATE("rate", false),
	/** 5.7.x that says no more, relaying denied, encryption or a password demanded. */
	POLICY("policy", false),
	/**
	 * Refused by the mailbox's own filter, or "unknown" only after the whole message was
	 * sent: the server knew the address before.
	 */
	FILTERED("filtered", false),
	/** 5.6.x: a form or character set that the other side does not take. */
	CONTENT("content", false),
	/** Tried for days and given up, or no answer in time: 4.4.1, 4.4.7. */
	EXPIRED("expired", false),
	/** DNS, routing and loops. */
	NETWORK("network", false),
	/** The other side's own trouble: 5.3.x, 4.3.x. */
	SYSTEM("system", false),
	/** A report that says no more than that it failed. */
	UNDEFINED("undefined", false),
	/** It was delivered. */
	NONE("none", false),
	/** A complaint. */
	COMPLAINT("complaint", false);

	private final String text;

	private final boolean dead;

	BounceReason(String text, boolean dead) {
		this.text = text;
		this.dead = dead;
	}

	/** One lower-case word, as in the command line's JSON. */
	public String text() {
		return this.text;
	}

	/**
	 * @throws IllegalArgumentException where there is none of that name
	 */
	static BounceReason of(String text) {
		return Arrays.stream(values())
			.filter((reason) -> reason.text.equals(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No reason is named " + text));
	}

	/**
	 * Whether it is about the mailbox. What a filter, a rate or a size decided is about
	 * the mail or its sender.
	 */
	public boolean isOfTheMailbox() {
		return switch (this) {
			case USER_UNKNOWN, HOST_UNKNOWN, NO_MAIL, HAS_MOVED, MAILBOX_DISABLED, MAILBOX_FULL, EXPIRED, NETWORK,
					SYSTEM, UNDEFINED ->
				true;
			default -> false;
		};
	}

	/** Whether the address is dead, when the failure is permanent. */
	boolean dead() {
		return this.dead;
	}

}
