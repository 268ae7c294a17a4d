package dev.herald.returns;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a report says to people, and the header of the mail that it is about. Immutable.
 *
 * @param lines of the text before the returned mail
 * @param original without fields where it was not returned
 * @param returned that mail as far as it was returned, or empty
 */
record Notice(List<String> lines, HeaderFields original, String returned) {

	static final Set<String> ORIGINAL = Set.of("message/rfc822", "text/rfc822-headers", "text/rfc822-header",
			"message/rfc822-headers", "message/global", "message/global-headers");

	private static final Pattern FIELD = Pattern.compile("^\\s{0,8}[A-Za-z][A-Za-z0-9-]{1,40}:");

	private static final Pattern STATUS_FIELD = Pattern.compile(
			"(?i)^\\s{0,8}(?:Reporting-MTA|Final-Recipient|Original-Recipient|Action|Status|Remote-MTA|Diagnostic-Code)");

	/** A report of more lines than this has its returned mail among them. */
	private static final int MAX_LINES = 600;

	private static final int MAX_LINE = 1_000;

	static Notice of(MailPart root) {
		Reading reading = new Reading();
		List<MailPart> parts = root.all().toList();
		boolean plain = parts.stream()
			.anyMatch((part) -> part.type().equals("text/plain") && !MailText.of(part).isBlank());
		for (int i = 0; i < parts.size(); i++) {
			MailPart part = parts.get(i);
			// The first one is the mail itself.
			if (i > 0 && ORIGINAL.contains(part.type())) {
				reading.original(part.text());
			}
			else if (!reading.complete() && isText(part, plain)) {
				reading.text(MailText.of(part));
			}
		}
		return new Notice(List.copyOf(reading.lines), HeaderFields.parse(reading.original), reading.returned);
	}

	private static boolean isText(MailPart part, boolean plain) {
		if (!part.parts().isEmpty()) {
			return false;
		}
		boolean passedOver = plain && part.type().equals("text/html");
		return (part.type().startsWith("text/") && !passedOver) || part.type().startsWith("multipart/");
	}

	String text() {
		return String.join("\n", this.lines);
	}

	/** Collects until the returned mail begins. */
	private static final class Reading {

		private final List<String> lines = new ArrayList<>();

		private String original = "";

		private String returned = "";

		boolean complete() {
			return !this.original.isEmpty();
		}

		void original(String mail) {
			if (!complete()) {
				this.original = headerOnly(mail);
				this.returned = mail;
			}
		}

		void text(String text) {
			List<String> all = text.lines().limit(MAX_LINES).toList();
			for (int i = 0; i < all.size(); i++) {
				String line = all.get(i).substring(0, Math.min(all.get(i).length(), MAX_LINE));
				if (startsMail(line)) {
					original(String.join("\n", all.subList(i, all.size())));
					return;
				}
				if (saysThatMailFollows(line) && headerStartsWithin(all, i + 1)) {
					original(String.join("\n", all.subList(i + 1, all.size())));
					return;
				}
				this.lines.add(line);
			}
			this.lines.add("");
		}

		private static boolean startsMail(String line) {
			return line.regionMatches(true, 0, "Received:", 0, 9) || line.regionMatches(true, 0, "Return-Path:", 0, 12)
					|| line.regionMatches(true, 0, "X-Received:", 0, 11)
					|| line.regionMatches(true, 0, "DKIM-Signature:", 0, 15);
		}

		private static boolean saysThatMailFollows(String line) {
			return line.length() < 120 && Phrases.isNotice("original follows", Words.of(line));
		}

		/** Or nothing follows, as before an attachment. */
		private static boolean headerStartsWithin(List<String> lines, int from) {
			List<String> next = lines.subList(from, lines.size())
				.stream()
				.filter((line) -> line.chars().anyMatch(Character::isLetterOrDigit))
				.limit(2)
				.toList();
			return next.isEmpty() || next.stream().anyMatch((line) -> looksLikeField(line));
		}

		/** A field of a mail and not of a delivery status. */
		private static boolean looksLikeField(String line) {
			return FIELD.matcher(line).find() && !STATUS_FIELD.matcher(line).find();
		}

		private static String headerOnly(String mail) {
			StringBuilder header = new StringBuilder();
			boolean begun = false;
			for (String line : (Iterable<String>) mail.lines()::iterator) {
				boolean field = FIELD.matcher(line).find();
				if (begun && line.isBlank()) {
					break;
				}
				begun |= field;
				if (begun) {
					header.append(line).append('\n');
				}
			}
			return header.toString();
		}

	}

}
