package dev.herald.render;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.herald.issue.IssueSource;

/**
 * The HTML part, cut where that is asked for and needed.
 *
 * @param template with the text that goes out
 * @param page what the sample reader gets
 */
record FittedHtml(PartTemplate template, String page, Cut cut) {

	/**
	 * @param template with a text for the page, whole or cut
	 * @param text whole
	 * @param sample whom it is measured with
	 * @param asked whether it shall be cut
	 * @param online the address of the issue's page; empty where it has none
	 */
	static FittedHtml of(Function<String, PartTemplate> template, String text, RecipientValues sample, boolean asked,
			String online) {
		PartTemplate whole = template.apply(text);
		String page = whole.whole(sample);
		int octets = HtmlSize.octets(page);
		if (HtmlSize.fits(octets)) {
			return new FittedHtml(whole, page, new Cut.None());
		}
		if (online.isEmpty()) {
			return new FittedHtml(whole, page, new Cut.Impossible(asked, Cut.Hindrance.NOT_ARCHIVED));
		}
		IssueSections sections = new IssueSections(text);
		String rest = "<p class=\"rest\"><a href=\"%s\">%s</a></p>".formatted(Escape.ATTRIBUTE.apply(online),
				Escape.TEXT.apply(whole.model().word("rest")));
		int most = mostThatMayFit(template, sample, sections);
		for (int count = most; count > 0; count--) {
			PartTemplate cut = template.apply(sections.first(count, rest));
			String cutPage = cut.whole(sample);
			if (HtmlSize.fits(HtmlSize.octets(cutPage))) {
				List<String> kept = sections.titles().subList(0, count);
				List<String> left = sections.titles().subList(count, sections.titles().size());
				return asked ? new FittedHtml(cut, cutPage, new Cut.Made(octets, kept, left))
						: new FittedHtml(whole, page, new Cut.Offered(kept, left));
			}
		}
		return new FittedHtml(whole, page, new Cut.Impossible(asked, Cut.Hindrance.NO_SECTION_FITS));
	}

	/** What the issue says counts, and else what the installation does. */
	static boolean isAsked(IssueSource source, RenderSettings settings) {
		String said = source.metadata().getOrDefault("cut", "").strip();
		return said.equalsIgnoreCase("true") || (settings.cut() && !said.equalsIgnoreCase("false"));
	}

	/**
	 * How many sections, fewer than all: what stands behind them, such as notes and the
	 * footer, is not counted.
	 */
	private static int mostThatMayFit(Function<String, PartTemplate> template, RecipientValues sample,
			IssueSections sections) {
		String mark = new StringBuilder(template.apply("").nonce()).reverse().toString();
		String page = template.apply(sections.marked(mark)).whole(sample);
		String[] parts = page.split(Pattern.quote(IssueSections.mark(mark)), -1);
		int count = 0;
		int octets = HtmlSize.octets(parts[0]);
		while (count + 1 < Math.min(parts.length, sections.titles().size())
				&& HtmlSize.fits(octets + HtmlSize.octets(parts[count + 1]))) {
			count++;
			octets += HtmlSize.octets(parts[count]);
		}
		return count;
	}

}
