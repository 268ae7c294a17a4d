package dev.herald.check;

import java.util.HashSet;
import java.util.Set;

import dev.herald.check.Finding.Check;

/** Whether texts stand out from what is behind them, by day and by night. */
final class ContrastChecks implements Checks {

	/** WCAG 2.2, level AA. */
	private static final double ENOUGH = 4.5;

	/** The same, from 24 px, or 18.66 px in bold. */
	private static final double ENOUGH_WHEN_LARGE = 3;

	private static final double UNREADABLE = 2;

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Set<String> told = new HashSet<>();
		look(PageColours.light(issue.page()), "", issue, findings, told);
		look(PageColours.dark(issue.page()), " in dark mode", issue, findings, told);
	}

	private static void look(Iterable<PageColours.Text> texts, String mode, CheckedIssue issue, Findings findings,
			Set<String> told) {
		for (PageColours.Text text : texts) {
			double contrast = text.colour().contrast(text.ground());
			if (contrast >= (text.large() ? ENOUGH_WHEN_LARGE : ENOUGH)) {
				continue;
			}
			// A colour of the issue's own is mended by day and by night at once.
			if (text.written() && !told.add(text.example())) {
				continue;
			}
			String what = "“%s” is %s on %s%s, a contrast of %.1f.".formatted(CheckedIssue.brief(text.example()),
					text.colour(), text.ground(), mode, contrast);
			String why = "%s need %s to be read by all (WCAG, AA)."
				.formatted(text.large() ? "Large letters" : "Letters of this size", text.large() ? "3.0" : "4.5");
			int line = text.written() ? issue.lineOf(text.example()) : 0;
			String mend = text.written() ? "Take the <font> away: the theme's colours fit by day and by night."
					: "Choose a colour further from that of the ground, in the theme or in templates/issue/style.css.";
			if (contrast < UNREADABLE) {
				findings.error(Check.CONTRAST, line, what, why, mend);
			}
			else {
				findings.warn(Check.CONTRAST, line, what, why, mend);
			}
		}
	}

}
