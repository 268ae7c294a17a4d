package dev.herald.returns;

import java.util.List;

/** What a mail that came back says. Recipients are empty where it names none. */
public record Report(Kind kind, List<ReportedRecipient> recipients) {

	public enum Kind {

		/** At least one delivery failed. */
		BOUNCE,

		/** Not given up: another try will follow. */
		DELAY,

		/** It arrived, or went on to a system that reports nothing (RFC 3464). */
		DELIVERED,

		/** A reader's wish to get no more (RFC 5965 and its kin). */
		COMPLAINT,

		/** Out of office, vacation, "we got your mail" (RFC 3834). */
		AUTOREPLY,

		/** It was read, or deleted unread (RFC 8098). */
		RECEIPT,

		/** A machine asks the sender to prove that it is a person. */
		CHALLENGE,

		/** Ordinary mail, or a report that was not understood: for people to read. */
		OTHER;

		/** Whether a machine can act on it, if only by doing nothing. */
		public boolean isUnderstood() {
			return this != OTHER;
		}

	}

	/**
	 * @param address as the report gives it; may be empty
	 * @param status the enhanced status code, or empty
	 * @param action of RFC 3464 section 2.3.3 (failed, delayed, …), or empty
	 * @param bounceClass hard only where the address is dead
	 * @param reason of a documented set: userunknown, mailboxfull, …
	 * @param evidence the line it was decided by
	 */
	public record ReportedRecipient(String address, String status, String action, BounceClass bounceClass,
			String reason, String evidence) {
	}

}
