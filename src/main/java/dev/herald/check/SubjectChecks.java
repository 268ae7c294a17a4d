package dev.herald.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.herald.check.Finding.Check;
import dev.herald.problem.Sentence;
import dev.herald.render.Columns;
import org.jsoup.nodes.Element;

/** What the reader's list of mails shows: subject and preheader. */
final class SubjectChecks implements Checks {

	/**
	 * Columns of a subject that are shown, about: fonts are proportional, windows and
	 * telephones differ. A Chinese character takes two.
	 */
	private static final Map<String, Integer> SHOWN = inOrder("check.client.gmail-android", 40,
			"check.client.mail-iphone", 45, "check.client.yahoo", 55, "check.client.outlook", 60,
			"check.client.gmail-web", 70, "check.client.mail-mac", 75);

	/** The same, of a preheader. */
	private static final Map<String, Integer> PREHEADER_SHOWN = inOrder("check.client.outlook", 55,
			"check.client.gmail-android", 60, "check.client.mail-iphone", 100, "check.client.gmail-web", 120);

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
			findings.warn(Check.SUBJECT_SHOUTS, line, Sentence.of("check.subject-shouts", CheckedIssue.brief(subject)),
					Sentence.of("check.subject-shouts.why"), Sentence.of("check.subject-shouts.mend"));
		}
		int width = new Columns(issue.newsletter().language()).width(subject);
		cut(SHOWN, width).ifPresent((cut) -> findings.warn(Check.SUBJECT_LENGTH, line,
				Sentence.of("check.subject-length", width), cut, Sentence.of("check.shorten")));
		preheader(issue, subject, findings);
	}

	private static boolean shouts(String subject) {
		long upper = subject.codePoints().filter(Character::isUpperCase).count();
		long cased = upper + subject.codePoints().filter(Character::isLowerCase).count();
		return MANY_MARKS.matcher(subject).find() || (upper >= SHORTEST_SHOUT && upper * 100 >= cased * SHOUTING_SHARE);
	}

	/** In which mail readers; empty where it is shown in full everywhere. */
	private static Optional<Sentence> cut(Map<String, Integer> shown, int width) {
		List<Sentence> cutting = shown.entrySet()
			.stream()
			.filter((client) -> client.getValue() < width)
			.map((client) -> Sentence.of("check.client", Sentence.of(client.getKey()), client.getValue()))
			.toList();
		return cutting.isEmpty() ? Optional.empty()
				: Optional.of(Sentence.of("check.cut-off", Sentence.join("check.comma", cutting)));
	}

	private static void preheader(CheckedIssue issue, String subject, Findings findings) {
		Element element = issue.page().selectFirst(".preheader");
		String preheader = (element != null) ? CheckedIssue.oneLine(element.text()) : "";
		int width = new Columns(issue.newsletter().language()).width(preheader);
		int line = (issue.source().firstLine() > 1) ? 1 : 0;
		Sentence mend = Sentence.of("check.preheader.mend");
		if (preheader.isEmpty()) {
			findings.warn(Check.PREHEADER, line, Sentence.of("check.preheader.none"),
					Sentence.of("check.preheader.none.why"), mend);
		}
		else if (preheader.equals(CheckedIssue.oneLine(subject))) {
			findings.warn(Check.PREHEADER, line, Sentence.of("check.preheader.subject"),
					Sentence.of("check.preheader.subject.why"), mend);
		}
		else if (width < SHORT_PREHEADER) {
			findings.warn(Check.PREHEADER, line, Sentence.of("check.preheader.width", width),
					Sentence.of("check.preheader.short.why"), mend);
		}
		else if (issue.source().metadata().containsKey("preheader")) {
			cut(PREHEADER_SHOWN, width).ifPresent((cut) -> findings.warn(Check.PREHEADER, line,
					Sentence.of("check.preheader.width", width), cut, Sentence.of("check.shorten")));
		}
	}

}
