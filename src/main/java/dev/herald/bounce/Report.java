package dev.herald.bounce;

import java.util.List;

/** What a mail that came back says. Recipients are empty where it names none. */
public record Report(Kind kind, List<ReportedRecipient> recipients) {

	public enum Kind {

		BOUNCE, COMPLAINT, AUTOREPLY, OTHER

	}

	/**
	 * @param address as the report gives it; may be empty
	 * @param status the enhanced status code, or empty
	 * @param action of RFC 3464 section 2.3.3 (failed, delayed, …), or empty
	 * @param reason of a documented set: userunknown, mailboxfull, …
	 * @param evidence the line it was decided by
	 */
	public record ReportedRecipient(String address, String status, String action, BounceClass bounceClass,
			String reason, String evidence) {
	}

}
