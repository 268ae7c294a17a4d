package dev.herald.returns;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a refusal at RCPT says about the address, by the same words as a report that comes
 * later. In doubt it does not say that the address is dead: a living reader lost is worse
 * than one more refusal.
 */
public final class SmtpReplies {

	/**
	 * RFC 3463 sections 3.2 and 3.3: bad mailbox, bad system, bad syntax, moved, null MX
	 * (RFC 7505), mailbox disabled. Not 5.2.2 and 5.2.3 (full, message too long), not
	 * 5.7.x (policy).
	 */
	private static final Set<String> STATUS = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1");

	/**
	 * RFC 5321 section 4.2.3: what a server may answer to a mailbox that is not there.
	 */
	private static final Set<Integer> CODES = Set.of(550, 551, 553);

	private SmtpReplies() {
	}

	/**
	 * @param code three digits
	 * @param status the enhanced status code, or empty
	 * @param text the whole reply on one line
	 */
	public static boolean addressIsDead(int code, String status, String text) {
		String words = Words.of(text);
		BounceReason reason = Phrases.reason(words);
		boolean another = reason != null && !isDeath(reason);
		if (another || words.contains(" temporar")) {
			return false;
		}
		boolean silent = status.isEmpty() || status.equals("5.0.0");
		return silent ? CODES.contains(code) && reason != null : STATUS.contains(status);
	}

	/** Why the address is dead, once that is known. */
	public static String reasonOfDeath(String status, String text) {
		BounceReason reason = Phrases.reason(Words.of(text));
		BounceReason told = isDeath(reason) ? reason : StatusCodes.usual(status);
		return (told != null && isDeath(told)) ? told.text() : BounceReason.USER_UNKNOWN.text();
	}

	private static boolean isDeath(@Nullable BounceReason reason) {
		return reason != null && (reason.dead() || reason == BounceReason.MAILBOX_DISABLED);
	}

}
