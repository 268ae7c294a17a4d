package dev.herald.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;

import dev.herald.check.Finding.Check;
import dev.herald.problem.Sentence;

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
		look(PageColours.light(issue.page()), "check.contrast", issue, findings, told);
		look(PageColours.dark(issue.page()), "check.contrast.dark", issue, findings, told);
	}

	private static void look(Iterable<PageColours.Text> texts, String found, CheckedIssue issue, Findings findings,
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
			Sentence what = Sentence.of(found, CheckedIssue.brief(text.example()), text.colour().toString(),
					text.ground().toString(), BigDecimal.valueOf(contrast).setScale(1, RoundingMode.HALF_UP));
			Sentence why = Sentence.of(text.large() ? "check.contrast.large" : "check.contrast.usual");
			int line = text.written() ? issue.lineOf(text.example()) : 0;
			Sentence mend = Sentence.of(text.written() ? "check.contrast.written" : "check.contrast.theme");
			if (contrast < UNREADABLE) {
				findings.error(Check.CONTRAST, line, what, why, mend);
			}
			else {
				findings.warn(Check.CONTRAST, line, what, why, mend);
			}
		}
	}

}
