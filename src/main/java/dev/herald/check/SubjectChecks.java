package dev.herald.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.herald.check.Finding.Check;
import dev.herald.render.Columns;
import org.jsoup.nodes.Element;

/** What the reader's list of mails shows: subject and preheader. */
final class SubjectChecks implements Checks {

	/**
	 * Columns of a subject that are shown, about: fonts are proportional, windows and
	 * telephones differ. A Chinese character takes two.
	 */
	private static final Map<String, Integer> SHOWN = inOrder("Gmail on Android", 40, "Mail on iPhone", 45,
			"Yahoo Mail", 55, "Outlook for Windows", 60, "Gmail in a browser", 70, "Mail on a Mac", 75);

	/** The same, of a preheader. */
	private static final Map<String, Integer> PREHEADER_SHOWN = inOrder("Outlook for Windows", 55, "Gmail on Android",
			60, "Mail on iPhone", 100, "Gmail in a browser", 120);

	private static final int SHORT_PREHEADER = 30;

	private static final Pattern MANY_MARKS = Pattern.compile("[!！?？]{2}|[$€£¥]{2}|[!！][^!！]*[!！]");

	/** Of the letters that have two cases. */
	private static final int SHOUTING_SHARE = 70;

	private static final int SHORTEST_SHOUT = 8;

	private static Map<String, Integer> inOrder(Object... entries) {
		Map<String, Integer> map = new LinkedHashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			map.put((String) entries[i], (Integer) entries[i + 1]);
		}
		return map;
	}

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		String subject = issue.compiled().subject();
		int line = issue.titleLine();
		if (shouts(subject)) {
			findings.warn(Check.SUBJECT_SHOUTS, line, "The subject “%s” shouts.".formatted(CheckedIssue.brief(subject)),
					"Capitals throughout and rows of marks are what filters and readers know junk by.",
					"Write it as in a sentence, with one mark at most.");
		}
		int width = new Columns(issue.newsletter().language()).width(subject);
		String cut = cut(SHOWN, width);
		if (!cut.isEmpty()) {
			findings.warn(Check.SUBJECT_LENGTH, line, "The subject is %d columns wide.".formatted(width),
					"It is cut off in %s.".formatted(cut), "Shorten it, or put what matters first.");
		}
		preheader(issue, subject, findings);
	}

	private static boolean shouts(String subject) {
		long upper = subject.codePoints().filter(Character::isUpperCase).count();
		long cased = upper + subject.codePoints().filter(Character::isLowerCase).count();
		return MANY_MARKS.matcher(subject).find() || (upper >= SHORTEST_SHOUT && upper * 100 >= cased * SHOUTING_SHARE);
	}

	private static String cut(Map<String, Integer> shown, int width) {
		return shown.entrySet()
			.stream()
			.filter((client) -> client.getValue() < width)
			.map((client) -> "%s (about %d)".formatted(client.getKey(), client.getValue()))
			.collect(Collectors.joining(", "));
	}

	private static void preheader(CheckedIssue issue, String subject, Findings findings) {
		Element element = issue.page().selectFirst(".preheader");
		String preheader = (element != null) ? CheckedIssue.oneLine(element.text()) : "";
		int width = new Columns(issue.newsletter().language()).width(preheader);
		int line = (issue.source().firstLine() > 1) ? 1 : 0;
		String mend = "Write a line that goes on where the subject ends into the front matter: preheader: …";
		if (preheader.isEmpty()) {
			findings.warn(Check.PREHEADER, line, "There is no preheader.",
					"Lists of mails show whatever text comes first in its place.", mend);
		}
		else if (preheader.equals(CheckedIssue.oneLine(subject))) {
			findings.warn(Check.PREHEADER, line, "The preheader says what the subject says.",
					"Lists of mails show both side by side.", mend);
		}
		else if (width < SHORT_PREHEADER) {
			findings.warn(Check.PREHEADER, line, "The preheader is %d columns wide.".formatted(width),
					"Lists of mails fill up the rest of the line with what comes first in the mail.", mend);
		}
		else if (issue.source().metadata().containsKey("preheader") && !cut(PREHEADER_SHOWN, width).isEmpty()) {
			findings.warn(Check.PREHEADER, line, "The preheader is %d columns wide.".formatted(width),
					"It is cut off in %s.".formatted(cut(PREHEADER_SHOWN, width)),
					"Shorten it, or put what matters first.");
		}
	}

}
