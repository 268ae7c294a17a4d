package dev.herald.check;

import dev.herald.check.Finding.Check;

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
						"“%s” is %d levels below the heading before it."
							.formatted(CheckedIssue.brief(CheckedIssue.oneLine(heading.text())), gap + 1),
						"Screen readers go from heading to heading by level; a gap sounds like a missing section. The mail has it one level below.",
						"Take %s away from it.".formatted((gap == 1) ? "one #" : "%d of its #".formatted(gap)));
			}
			boolean title = CheckedIssue.oneLine(heading.text()).equals(issue.source().title());
			above = title ? 0 : heading.level();
		}
	}

}
