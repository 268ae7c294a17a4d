package dev.herald.returns;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the other side was answering to. A refusal before RCPT is about the sender, one
 * after the content about the message: neither tells that the address is dead.
 */
enum Stage {

	CONNECT, MAIL, RCPT, DATA, UNKNOWN;

	/** A line of a session: an arrow, perhaps a word before it, a command. */
	private static final Pattern COMMAND = Pattern.compile(
			"^[^<>]{0,20}(?:>>>|<<<|->|In:) {0,4}(EHLO|HELO|LHLO|MAIL|RCPT|DATA|BDAT|\\.$)", Pattern.CASE_INSENSITIVE);

	private static final Pattern REPLY = Pattern.compile("^[^<>]{0,20}(?:>>>|<<<|<-|Out:) {0,4}[45]\\d\\d");

	private static final Pattern NO_RECIPIENT = Pattern.compile("(?i) 503 | no valid recipient| need rcpt");

	/** Of a sentence such as "in reply to end of DATA command". */
	static Stage of(String words) {
		String section = Phrases.noticeIn(words, "rcpt", "data", "mail", "connect");
		return section.isEmpty() ? UNKNOWN : valueOf(section.toUpperCase(Locale.ROOT));
	}

	/**
	 * Of a transcript: the command before the first refusal. With pipelining the reply to
	 * RCPT stands behind DATA; then the reply to DATA says that there is no recipient.
	 */
	static Stage of(List<String> transcript) {
		Stage stage = UNKNOWN;
		boolean refused = false;
		for (String line : transcript) {
			String start = line.strip();
			start = start.substring(0, Math.min(start.length(), 100));
			Matcher command = COMMAND.matcher(start);
			if (command.find()) {
				if (refused) {
					return stage;
				}
				stage = ofCommand(command.group(1).toUpperCase(Locale.ROOT));
			}
			else if (stage != UNKNOWN && REPLY.matcher(start).find()) {
				if (refused && NO_RECIPIENT.matcher(start).find()) {
					return RCPT;
				}
				refused = true;
			}
		}
		return refused ? stage : UNKNOWN;
	}

	private static Stage ofCommand(String command) {
		return switch (command) {
			case "EHLO", "HELO", "LHLO" -> CONNECT;
			case "MAIL" -> MAIL;
			case "RCPT" -> RCPT;
			default -> DATA;
		};
	}

}
