package dev.herald.smtp;

/**
 * A relay's reply, RFC 5321 section 4.2.
 *
 * @param code three digits
 * @param status the enhanced status code of RFC 3463 ({@code 5.1.1}), or empty
 * @param text the whole reply on one line, without controls, at most 500 characters
 */
public record SmtpReply(int code, String status, String text) {

	/**
	 * The same for replies that say the same of different messages: code, status, and the
	 * words in lower case without what names one message, recipient or server (addresses,
	 * links, host names, anything with a digit). A key to compare by, not for people.
	 */
	public String likeness() {
		return Replies.likeness(this);
	}

}
