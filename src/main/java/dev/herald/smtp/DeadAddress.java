package dev.herald.smtp;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a refusal at RCPT says that the address is dead. In doubt it does not: a living
 * reader lost is worse than one more refusal.
 */
final class DeadAddress {

	/**
	 * RFC 3463 sections 3.2 and 3.3: bad mailbox, bad system, bad syntax, moved, null MX
	 * (RFC 7505), mailbox disabled. Not 5.2.2 and 5.2.3 (full, message too long), not
	 * 5.7.x (policy).
	 */
	private static final Set<String> STATUS = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1");

	/**
	 * Where no status speaks: none at all, or the undefined one of RFC 3463 section 3.1.
	 */
	private static final Set<String> NO_STATUS = Set.of("", "5.0.0");

	/**
	 * RFC 5321 section 4.2.3: what a server may answer to a mailbox that is not there.
	 */
	private static final Set<Integer> CODES = Set.of(550, 551, 553);

	/**
	 * Words about a mailbox that is not there. Not "mailbox unavailable": by RFC 5321
	 * section 4.2.3 that is said of one without access and of a policy as well.
	 */
	private static final Pattern NOBODY = Pattern
		.compile("user unknown|unknown user|no such (?:user|recipient|mailbox|address|person|account)"
				+ "|(?:user|recipient|mailbox|account|address) (?:was )?not found"
				+ "|unknown (?:recipient|mailbox|e-?mail address)|(?:recipient|address) unknown"
				+ "|(?:user|recipient|mailbox|account|address) does(?: not|n'?t) exist"
				+ "|(?:account|mailbox) (?:is |has been )?(?:disabled|deactivated|closed)|no mailbox here by that name");

	/**
	 * Words that speak against it, whatever the status: a mailbox that gets mail too fast
	 * is 550 5.2.1 at Gmail, and an unknown sender is no unknown reader.
	 */
	private static final Pattern ANOTHER_REASON = Pattern.compile(
			"sender|return.path|reverse.path|\\bfrom\\b|spam|\\bblock|black ?list|reputation|polic(?:y|ies)|relay (?:access )?denied|relaying"
					+ "|\\brate\\b|frequency|too (?:many|fast|quickly)|quota|\\bfull\\b|temporar|try (?:again|later)"
					+ "|\\bspf\\b|dkim|dmarc|authenticat|access denied|permission");

	private DeadAddress() {
	}

	static boolean isMeantBy(SmtpReply reply) {
		String words = Replies.words(reply.text());
		if (ANOTHER_REASON.matcher(words).find()) {
			return false;
		}
		if (NO_STATUS.contains(reply.status())) {
			return CODES.contains(reply.code()) && NOBODY.matcher(words).find();
		}
		return STATUS.contains(reply.status());
	}

}
