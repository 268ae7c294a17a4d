package dev.herald.bounce;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.herald.bounce.Report.ReportedRecipient;

/**
 * Reads the content of a message/delivery-status part (RFC 3464 section 2): a group of
 * fields about the mail, then one group a recipient.
 */
final class DeliveryStatus {

	private static final String FINAL = "final-recipient";

	private static final String ORIGINAL = "original-recipient";

	/** RFC 5321 section 4.5.3.1.8: a mail has 100 recipients as a rule. */
	static final int MAX_RECIPIENTS = 100;

	private static final int MAX_DIAGNOSTIC = 2_000;

	static final int MAX_EVIDENCE = 500;

	private static final int MAX_ADDRESS = 320;

	private static final Set<String> ARRIVED = Set.of("delivered", "relayed", "expanded", "deliverable");

	private DeliveryStatus() {
	}

	static List<ReportedRecipient> read(String content) {
		List<ReportedRecipient> recipients = new ArrayList<>();
		for (String group : groups(content)) {
			HeaderFields fields = HeaderFields.parse(group);
			boolean recipient = fields.has(FINAL) || fields.has(ORIGINAL);
			if (recipient && recipients.size() < MAX_RECIPIENTS) {
				recipients.add(recipient(fields));
			}
		}
		return recipients;
	}

	/** Blank lines end a group; so does a second recipient, where they were forgotten. */
	private static List<String> groups(String content) {
		List<String> groups = new ArrayList<>();
		StringBuilder group = new StringBuilder();
		Set<String> seen = new HashSet<>();
		for (String line : (Iterable<String>) content.lines()::iterator) {
			String name = line.substring(0, Math.max(0, line.indexOf(':'))).strip().toLowerCase(Locale.ROOT);
			boolean nextRecipient = (name.equals(FINAL) && seen.contains(FINAL))
					|| (name.equals(ORIGINAL) && (seen.contains(ORIGINAL) || seen.contains("status")));
			if (line.isBlank() || nextRecipient) {
				groups.add(group.toString());
				group.setLength(0);
				seen.clear();
			}
			if (name.equals(FINAL) || name.equals(ORIGINAL) || name.equals("status")) {
				seen.add(name);
			}
			group.append(line).append('\n');
		}
		groups.add(group.toString());
		return groups;
	}

	private static ReportedRecipient recipient(HeaderFields fields) {
		String action = firstWord(fields.first("action"));
		String diagnostic = cut(fields.first("diagnostic-code"), MAX_DIAGNOSTIC);
		String status = BounceRules.enhancedCode(fields.first("status"));
		String code = status.isEmpty() ? BounceRules.enhancedCode(diagnostic) : status;
		BounceReason reason = failed(action, code) ? BounceRules.reason(status, diagnostic) : BounceReason.NONE;
		return new ReportedRecipient(address(fields), code, action, bounceClass(reason, code, diagnostic),
				reason.text(), cut(diagnostic.isEmpty() ? fields.first("status") : diagnostic, MAX_EVIDENCE));
	}

	/** Action is required; where it is missing the code tells. */
	private static boolean failed(String action, String code) {
		return switch (action) {
			case "failed" -> true;
			case "delayed" -> false;
			default -> !ARRIVED.contains(action) && (code.startsWith("4") || code.startsWith("5"));
		};
	}

	private static BounceClass bounceClass(BounceReason reason, String code, String diagnostic) {
		if (reason == BounceReason.NONE) {
			return BounceClass.NONE;
		}
		return (reason.dead() && BounceRules.permanent(code, diagnostic)) ? BounceClass.HARD : BounceClass.SOFT;
	}

	/** The original one first: it is what Herald sent to, before anybody forwarded it. */
	private static String address(HeaderFields fields) {
		for (String name : List.of(ORIGINAL, FINAL)) {
			String address = address(fields.first(name));
			if (address.contains("@")) {
				return address;
			}
		}
		return "";
	}

	/** What follows the address type (RFC 3464 section 2.1.2), without angle brackets. */
	static String address(String value) {
		String address = value.substring(value.indexOf(';') + 1).strip();
		int open = address.lastIndexOf('<');
		int close = address.indexOf('>', Math.max(open, 0));
		String bare = (open >= 0) ? address.substring(open + 1, (close < 0) ? address.length() : close) : address;
		return cut(bare.strip(), MAX_ADDRESS);
	}

	private static String firstWord(String value) {
		String word = value.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z-].*", "");
		return cut(word, 12);
	}

	static String cut(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length);
	}

}
