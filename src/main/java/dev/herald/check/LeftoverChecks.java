package dev.herald.check;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.herald.check.Finding.Check;
import dev.herald.problem.Sentence;

/** What was to be filled in or to be written, and was not. */
final class LeftoverChecks implements Checks {

	/** FreeMarker and shells, Mustache and Liquid, Liquid and Jinja; on one line. */
	private static final Pattern PLACEHOLDER = Pattern
		.compile("\\$\\{[^{}\\n]{0,120}\\}|\\{\\{[^{}\\n]{0,120}\\}\\}|\\{%[^{}\\n]{0,120}%\\}");

	private static final Pattern DUMMY = Pattern
		.compile("\\b(?:TODO|FIXME|TBD|XXX)\\b|\\b[Ll]orem [Ii]psum\\b|待补充|此处填写");

	/** Different ones; each is looked up in the file. */
	private static final int MOST = 100;

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		String subject = issue.compiled().subject();
		for (String found : all(PLACEHOLDER, subject + "\n" + issue.prose())) {
			findings.error(Check.LEFTOVER, line(issue, subject, found),
					Sentence.of("check.leftover.placeholder", CheckedIssue.brief(found)),
					Sentence.of("check.leftover.placeholder.why"), Sentence.of("check.leftover.placeholder.mend"));
		}
		for (String found : all(DUMMY, subject + "\n" + issue.prose())) {
			findings.warn(Check.LEFTOVER, line(issue, subject, found), Sentence.of("check.leftover.mark", found),
					Sentence.of("check.leftover.mark.why"), Sentence.of("check.leftover.mark.mend"));
		}
	}

	private static Set<String> all(Pattern pattern, String text) {
		Set<String> all = new LinkedHashSet<>();
		pattern.matcher(text).results().map(MatchResult::group).distinct().limit(MOST).forEach(all::add);
		return all;
	}

	private static int line(CheckedIssue issue, String subject, String found) {
		return subject.contains(found) ? issue.titleLine() : issue.lineOf(found);
	}

}
