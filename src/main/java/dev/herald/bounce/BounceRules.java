package dev.herald.bounce;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a failed delivery means: from the enhanced status code (RFC 3463) where that is
 * exact, else from the words of the reply. In doubt soft: a living reader lost is worse
 * than one more bounce.
 */
final class BounceRules {

	private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.])");

	private static final Pattern REPLY_CODE = Pattern.compile("(?<![\\d.])([45])\\d\\d(?![\\d.])");

	/** Without its first digit: 4.x.x and 5.x.x share subject and detail. */
	private static final Map<String, BounceReason> EXACT = Map.ofEntries(Map.entry("1.1", BounceReason.USER_UNKNOWN),
			Map.entry("1.2", BounceReason.HOST_UNKNOWN), Map.entry("1.3", BounceReason.USER_UNKNOWN),
			Map.entry("1.6", BounceReason.HAS_MOVED), Map.entry("1.7", BounceReason.BLOCKED),
			Map.entry("1.8", BounceReason.BLOCKED), Map.entry("1.10", BounceReason.HOST_UNKNOWN),
			Map.entry("2.1", BounceReason.MAILBOX_DISABLED), Map.entry("2.2", BounceReason.MAILBOX_FULL),
			Map.entry("2.3", BounceReason.TOO_BIG), Map.entry("3.1", BounceReason.MAILBOX_FULL),
			Map.entry("3.4", BounceReason.TOO_BIG), Map.entry("4.1", BounceReason.EXPIRED),
			Map.entry("4.2", BounceReason.EXPIRED), Map.entry("4.4", BounceReason.HOST_UNKNOWN),
			Map.entry("4.7", BounceReason.EXPIRED), Map.entry("7.20", BounceReason.AUTHENTICATION),
			Map.entry("7.21", BounceReason.AUTHENTICATION), Map.entry("7.22", BounceReason.AUTHENTICATION),
			Map.entry("7.23", BounceReason.AUTHENTICATION), Map.entry("7.24", BounceReason.AUTHENTICATION),
			Map.entry("7.25", BounceReason.BLOCKED), Map.entry("7.26", BounceReason.AUTHENTICATION),
			// RFC 7505 section 4.2 names it; some servers send it for the recipient's
			// null MX as well.
			Map.entry("7.27", BounceReason.BLOCKED));

	/** Words that keep a failure soft, whatever the code says. The first match counts. */
	private static final List<Words> SOFT = List.of(new Words(BounceReason.MAILBOX_FULL,
			"mailbox (?:is )?full|over ?quota|quota exceeded|exceeded.{0,40}quota|out of storage|insufficient (?:disk|storage|system)"),
			new Words(BounceReason.AUTHENTICATION, "\\bspf\\b|\\bdkim\\b|\\bdmarc\\b|unauthenticated"),
			new Words(BounceReason.BLOCKED,
					"black ?list|block ?list|blocked (?:ip|using)|\\brbl\\b|dnsbl|reputation|reverse dns|\\bptr\\b|at a rate|rate limit|frequency limited|too many|client host rejected|sender address|sender rejected|client ip"),
			new Words(BounceReason.SPAM, "\\bspam|unsolicited|\\bube\\b|content rejected|bulk mail|virus"),
			new Words(BounceReason.TOO_BIG, "too (?:large|big)|size (?:limit|exceeds)|exceeds.{0,30}size"),
			new Words(BounceReason.POLICY,
					"relay (?:access )?denied|relaying denied|configured to relay|polic(?:y|ies)"),
			new Words(BounceReason.SYSTEM, "temporar(?:y|ily)|try again later|try later|currently unavailable"));

	/** Words that say the address is dead, where no exact code speaks. */
	private static final List<Words> DEAD = List.of(new Words(BounceReason.HOST_UNKNOWN,
			"(?:host|domain)(?: or domain name)? (?:is )?(?:not found|unknown|not reachable)|no such (?:host|domain)|unknown (?:host|domain)|invalid domain|null mx|domain is not reachable|does ?n[o']t (?:receive|accept) (?:e-?)?mail|nxdomain"),
			new Words(BounceReason.USER_UNKNOWN,
					"user unknown|unknown user|no such (?:user|recipient|mailbox|address|person)|user not found|recipient not found|unknown (?:recipient|e-?mail address|mailbox)|does ?n[o']t (?:have|exist)|does not exist|invalid (?:recipient|mailbox)|mailbox (?:not found|unavailable)|no mailbox|address unknown|not our customer"),
			new Words(BounceReason.MAILBOX_DISABLED,
					"(?:account|mailbox|user|address).{0,60}(?:disabled|inactive|deactivated|closed)|inactive (?:e-?mail )?address"));

	private BounceRules() {
	}

	/** The enhanced status code in a text, or empty text. */
	static String enhancedCode(String text) {
		Matcher matcher = ENHANCED.matcher(text);
		return matcher.find() ? matcher.group(1) : "";
	}

	/** Whether a failure is final for this mail: 5.x.x, or 5xx where no code is given. */
	static boolean permanent(String status, String diagnostic) {
		if (!status.isEmpty()) {
			return status.startsWith("5");
		}
		Matcher matcher = REPLY_CODE.matcher(words(diagnostic));
		return matcher.find() && "5".equals(matcher.group(1));
	}

	/**
	 * @param status of the report, may be empty
	 * @param diagnostic the reply of the server that refused
	 */
	static BounceReason reason(String status, String diagnostic) {
		String words = words(diagnostic);
		BounceReason soft = match(SOFT, words);
		if (soft != null) {
			return soft;
		}
		BounceReason exact = EXACT.get(detail(status));
		if (exact == null) {
			exact = EXACT.get(detail(enhancedCode(words)));
		}
		BounceReason dead = (exact != null) ? exact : match(DEAD, words);
		return (dead != null) ? dead : bySubject(status.isEmpty() ? enhancedCode(words) : status);
	}

	private static String detail(String code) {
		return code.isEmpty() ? "" : code.substring(2);
	}

	/**
	 * Lower case, without addresses and links: spam@example.org is a name, not a reason.
	 */
	private static String words(String diagnostic) {
		StringBuilder words = new StringBuilder();
		for (String word : diagnostic.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
			if (!word.contains("@") && !word.contains("://")) {
				words.append(word).append(' ');
			}
		}
		return words.toString();
	}

	private static @Nullable BounceReason match(List<Words> rules, String text) {
		return rules.stream()
			.filter((rule) -> rule.pattern().matcher(text).find())
			.map(Words::reason)
			.findFirst()
			.orElse(null);
	}

	private static BounceReason bySubject(String code) {
		return switch (code.isEmpty() ? ' ' : code.charAt(2)) {
			case '2', '3' -> BounceReason.SYSTEM;
			case '4' -> BounceReason.NETWORK;
			case '6' -> BounceReason.CONTENT;
			case '7' -> BounceReason.POLICY;
			default -> BounceReason.UNDEFINED;
		};
	}

	private record Words(BounceReason reason, Pattern pattern) {

		Words(BounceReason reason, String pattern) {
			this(reason, Pattern.compile(pattern));
		}

	}

}
