package dev.herald.check;

import dev.herald.check.Finding.Check;
import org.jsoup.nodes.Element;

/** Headings that skip a level, as they are in the mail. */
final class HeadingChecks implements Checks {

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Lines lines = new Lines();
		issue.outline()
			.headings()
			.forEach((heading) -> lines.put(CheckedIssue.oneLine(heading.text()), heading.line()));
		int above = 0;
		for (Element heading : issue.page().select("h1, h2, h3, h4, h5, h6")) {
			int level = heading.normalName().charAt(1) - '0';
			String text = CheckedIssue.oneLine(heading.text());
			int line = lines.next(text);
			if (above > 0 && level > above + 1) {
				findings.warn(Check.HEADING_JUMP, line,
						"“%s” is %d levels below the heading before it.".formatted(CheckedIssue.brief(text),
								level - above),
						"Screen readers go from heading to heading by level; a gap sounds like a missing section.",
						"Take %s away from it."
							.formatted((level - above == 2) ? "one #" : "%d of its #".formatted(level - above - 1)));
			}
			above = level;
		}
	}

}
