package dev.herald.bounce;

/**
 * Why a delivery bounced. The names are shown in reports and stored: never give one
 * another meaning. Hard reasons say that the address is dead; all others are about this
 * message, this sender or this hour.
 */
enum BounceReason {

	/** No such mailbox: 5.1.1 and its kind. */
	USER_UNKNOWN("userunknown", true),
	/** No such domain, or one that takes no mail: 5.1.2, 5.1.10, 5.4.4. */
	HOST_UNKNOWN("hostunknown", true),
	/** The reader has another address now: 5.1.6. */
	HAS_MOVED("hasmoved", true),
	/** The mailbox is closed for good: 5.2.1. */
	MAILBOX_DISABLED("mailboxdisabled", true),
	/** 5.2.2, and the quotas of a whole server. */
	MAILBOX_FULL("mailboxfull", false),
	/** 5.2.3, 5.3.4. */
	TOO_BIG("toobig", false),
	/** Refused for what it says, or taken for spam. */
	SPAM("spam", false),
	/** SPF, DKIM, DMARC. */
	AUTHENTICATION("authentication", false),
	/** This sending server or sender is not wanted: block lists, rates, missing PTR. */
	BLOCKED("blocked", false),
	/** 5.7.x that says no more, relaying denied, a restricted group. */
	POLICY("policy", false),
	/** 5.6.x: a form or character set that the other side does not take. */
	CONTENT("content", false),
	/** Tried for days and given up: 4.4.1, 4.4.7. */
	EXPIRED("expired", false),
	/** DNS, routing and loops. */
	NETWORK("network", false),
	/** The other side's own trouble: 5.3.x, 4.3.x. */
	SYSTEM("system", false),
	/** A report that says no more than that it failed. */
	UNDEFINED("undefined", false),
	/** Not given up: another try will follow, or it was delivered. */
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
	String text() {
		return this.text;
	}

	/** Whether the address is dead, when the failure is permanent. */
	boolean dead() {
		return this.dead;
	}

}
