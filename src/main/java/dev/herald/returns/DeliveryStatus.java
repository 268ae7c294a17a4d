package dev.herald.returns;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the content of a message/delivery-status part (RFC 3464 section 2): a group of
 * fields about the mail, then one group a recipient.
 */
final class DeliveryStatus {

	/** RFC 5321 section 4.5.3.1.8: a mail has 100 recipients as a rule. */
	static final int MAX_RECIPIENTS = 100;

	private static final String FINAL = "final-recipient";

	private static final String ORIGINAL = "original-recipient";

	private static final int MAX_DIAGNOSTIC = 2_000;

	private static final int MAX_ADDRESS = 320;

	private static final Set<String> ARRIVED = Set.of("delivered", "relayed", "expanded", "deliverable");

	/** RFC 6533 section 3: how the type utf-8 writes what is not ASCII. */
	private static final Pattern ESCAPED = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})}");

	private DeliveryStatus() {
	}

	static List<Group> read(String content) {
		List<Group> recipients = new ArrayList<>();
		for (String group : groups(content)) {
			HeaderFields fields = HeaderFields.parse(group);
			boolean recipient = fields.has(FINAL) || fields.has(ORIGINAL);
			if (recipient && recipients.size() < MAX_RECIPIENTS) {
				recipients.add(group(fields));
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

	private static Group group(HeaderFields fields) {
		String action = firstWord(fields.first("action"));
		String diagnostic = cut(fields.first("diagnostic-code"), MAX_DIAGNOSTIC);
		String status = StatusCodes.enhanced(fields.first("status"));
		String code = status.isEmpty() ? StatusCodes.enhanced(diagnostic) : status;
		return new Group(address(fields), code, action, diagnostic, fields.first("status"));
	}

	/** The original one first: it is what Herald sent to, before anybody forwarded it. */
	private static String address(HeaderFields fields) {
		for (String name : List.of(ORIGINAL, FINAL, "x-actual-recipient")) {
			String address = address(fields.first(name));
			boolean valid = !address.contains("..") || address.startsWith("\"") || name.equals(FINAL);
			if (address.contains("@") && valid) {
				return address.contains(" ") ? firstIn(address) : address;
			}
		}
		return "";
	}

	/** A command that the mail went to, with the address behind it. */
	private static String firstIn(String text) {
		return AddressScan.in(text).stream().map(AddressScan.Found::address).findFirst().orElse(text);
	}

	/** What follows the address type (RFC 3464 section 2.1.2), without angle brackets. */
	static String address(String value) {
		String address = value.substring(value.indexOf(';') + 1).strip();
		int open = address.lastIndexOf('<');
		int close = address.indexOf('>', Math.max(open, 0));
		String bare = (open >= 0) ? address.substring(open + 1, (close < 0) ? address.length() : close) : address;
		return cut(unescaped(cut(bare.strip(), MAX_ADDRESS * 6)), MAX_ADDRESS);
	}

	private static String unescaped(String address) {
		return ESCAPED.matcher(address).replaceAll(DeliveryStatus::character);
	}

	private static String character(java.util.regex.MatchResult escaped) {
		int code = Integer.parseInt(escaped.group(1), 16);
		return Character.isValidCodePoint(code) && !Character.isISOControl(code)
				? Matcher.quoteReplacement(Character.toString(code)) : "";
	}

	private static String firstWord(String value) {
		String word = value.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z-].*", "");
		return cut(word, 12);
	}

	static String cut(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length);
	}

	/**
	 * @param status the code alone
	 * @param statusField the code and what the reporter wrote behind it
	 */
	record Group(String address, String status, String action, String diagnostic, String statusField) {

		/** Action is required; where it is missing the code tells. */
		boolean failed() {
			return switch (this.action) {
				case "failed" -> true;
				case "delayed" -> false;
				default ->
					!ARRIVED.contains(this.action) && (this.status.startsWith("4") || this.status.startsWith("5"));
			};
		}

		boolean arrived() {
			return ARRIVED.contains(this.action);
		}

		boolean delayed() {
			return this.action.equals("delayed");
		}

	}

}
