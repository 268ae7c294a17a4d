package dev.herald.check;

import dev.herald.check.Finding.Check;
import dev.herald.problem.Sentence;

/**
 * Headings that skip a level, as they are in the file: in the mail the gap is closed,
 * which may not be what was meant. Sections may begin at any level below the title.
 */
final class HeadingChecks implements Checks {

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		int above = 0;
		for (Outline.Heading heading : issue.outline().headings()) {
			int gap = heading.level() - above - 1;
			if (above > 0 && gap > 0) {
				findings.warn(Check.HEADING_JUMP, heading.line(),
						Sentence.of("check.heading-jump", CheckedIssue.brief(CheckedIssue.oneLine(heading.text())),
								gap + 1),
						Sentence.of("check.heading-jump.why"), (gap == 1) ? Sentence.of("check.heading-jump.one")
								: Sentence.of("check.heading-jump.several", gap));
			}
			boolean title = CheckedIssue.oneLine(heading.text()).equals(issue.source().title());
			above = title ? 0 : heading.level();
		}
	}

}
