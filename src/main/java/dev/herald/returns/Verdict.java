package dev.herald.returns;

import java.util.regex.Pattern;

import dev.herald.returns.Report.ReportedRecipient;
import org.jspecify.annotations.Nullable;

/**
 * Why a delivery failed, and how sure that is. In doubt soft: a living reader lost is
 * worse than one more bounce.
 *
 * @param permanent whether it is final for this mail
 * @param clear decided by words or by an exact code, not by a code's subject alone
 * @param evidence the text it was decided by
 */
record Verdict(BounceReason reason, boolean permanent, boolean clear, String evidence) {

	static final int MAX_EVIDENCE = 500;

	/** RFC 7504: this host, or this domain, never takes any. */
	private static final Pattern NO_MAIL = Pattern.compile(" (?:521|556) ");

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+| {2,}");

	/**
	 * @param status enhanced status code of a report, may be empty
	 * @param text the reply of the server that refused, or what the report says
	 */
	static Verdict of(String status, String text, Stage stage) {
		String inText = StatusCodes.enhanced(text);
		String code = StatusCodes.isVague(inText) ? status : inText;
		String words = Words.of(text);
		BounceReason reason = StatusCodes.exact(code);
		if (reason == null) {
			reason = Phrases.reason(words);
		}
		if (reason == null) {
			reason = usual(code, status);
		}
		boolean clear = reason != null;
		boolean permanent = permanent(status, text);
		BounceReason found = (reason != null) ? reason : StatusCodes.bySubject(code.isEmpty() ? status : code);
		Stage at = (stage != Stage.UNKNOWN) ? stage : Stage.of(words);
		return new Verdict(cautious(found, inText, code, at, permanent, words), permanent, clear, text.strip());
	}

	private static @Nullable BounceReason usual(String code, String status) {
		BounceReason reason = StatusCodes.usual(code);
		return (reason != null) ? reason : StatusCodes.usual(status);
	}

	/**
	 * A server that takes the whole message knows the address, one that refuses before
	 * RCPT has not heard it. "User unknown" without a code of addressing (x.1.x) is what
	 * some filters say to hide: it counts as an answer to RCPT.
	 */
	private static BounceReason cautious(BounceReason reason, String inText, String code, Stage stage,
			boolean permanent, String words) {
		if (isOfTheSender(reason, stage, permanent, words)) {
			return BounceReason.BLOCKED;
		}
		if (isOutlooksForNoMailbox(code, words)) {
			return BounceReason.USER_UNKNOWN;
		}
		boolean addressing = code.startsWith("1.", 2);
		if (reason == BounceReason.MAILBOX_DISABLED && addressing) {
			return BounceReason.USER_UNKNOWN;
		}
		boolean told = addressing || (stage == Stage.RCPT && !inText.startsWith("7.", 2)) || Phrases.isSure(words);
		if (reason == BounceReason.USER_UNKNOWN && !told) {
			return BounceReason.FILTERED;
		}
		// DNS that may answer otherwise in an hour.
		return (reason == BounceReason.HOST_UNKNOWN && !permanent) ? BounceReason.NETWORK : reason;
	}

	/**
	 * RFC 5321's own sentence for 550 may mean a policy too. With 5.5.0, a code for
	 * errors of protocol that nobody else joins to it, it is Outlook.com's, which
	 * documents it as an address that does not exist.
	 */
	private static boolean isOutlooksForNoMailbox(String code, String words) {
		return code.equals("5.5.0") && words.contains("requested action not taken mailbox unavailable");
	}

	/**
	 * Before RCPT nothing is known but the sender. What is asked of him there
	 * (encryption, a password) is a rule and no verdict on him, and a host may say at
	 * once that it takes no mail (RFC 7504).
	 */
	private static boolean isOfTheSender(BounceReason reason, Stage stage, boolean permanent, String words) {
		if (stage != Stage.CONNECT && stage != Stage.MAIL) {
			return false;
		}
		return switch (reason) {
			case NO_MAIL -> stage == Stage.MAIL || !NO_MAIL.matcher(words).find();
			case USER_UNKNOWN, HOST_UNKNOWN, HAS_MOVED, MAILBOX_DISABLED, FILTERED -> true;
			case POLICY -> !Phrases.isNotice("asked of the sender", words);
			case SPAM, VIRUS, CONTENT, UNDEFINED -> stage == Stage.CONNECT;
			case SYSTEM -> stage == Stage.CONNECT && permanent;
			default -> false;
		};
	}

	/** A report without any code is one that was given up. */
	private static boolean permanent(String status, String text) {
		int reply = StatusCodes.reply(text);
		String code = StatusCodes.isVague(status) ? StatusCodes.enhanced(text) : status;
		if (!StatusCodes.isVague(code)) {
			return code.startsWith("5");
		}
		return (reply != 0) ? reply >= 500 : !status.startsWith("4") && !code.startsWith("4");
	}

	BounceClass bounceClass() {
		return (this.reason.dead() && this.permanent) ? BounceClass.HARD : BounceClass.SOFT;
	}

	/** A delay is no bounce, whatever it is for. */
	ReportedRecipient reported(String address, String status, String action) {
		BounceClass bounceClass = action.equals("delayed") ? BounceClass.NONE : bounceClass();
		return new ReportedRecipient(address, status, action, bounceClass, this.reason.text(), line(this.evidence));
	}

	/** One line that can be shown and stored. */
	static String line(String text) {
		String start = DeliveryStatus.cut(text, MAX_EVIDENCE * 2);
		return DeliveryStatus.cut(UNPRINTABLE.matcher(start).replaceAll(" ").strip(), MAX_EVIDENCE);
	}

}
