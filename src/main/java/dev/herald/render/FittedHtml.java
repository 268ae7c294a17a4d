package dev.herald.render;

import java.util.List;
import java.util.regex.Pattern;

import dev.herald.issue.IssueSource;

/**
 * The HTML part, cut where that is asked for and needed.
 *
 * @param template with the text that goes out
 */
record FittedHtml(PartTemplate template, Cut cut) {

	/**
	 * @param sample whom it is measured with
	 * @param asked whether it shall be cut
	 * @param online the address of the issue's page; empty where it has none
	 */
	static FittedHtml of(PartTemplate whole, RecipientValues sample, boolean asked, String online) {
		int octets = octets(whole, sample);
		if (HtmlSize.fits(octets)) {
			return new FittedHtml(whole, new Cut.None());
		}
		if (online.isEmpty()) {
			return new FittedHtml(whole, new Cut.Impossible(asked, Cut.Hindrance.NOT_ARCHIVED));
		}
		IssueSections sections = new IssueSections(whole.body());
		String rest = "<p class=\"rest\"><a href=\"%s\">%s</a></p>".formatted(Escape.ATTRIBUTE.apply(online),
				Escape.TEXT.apply(whole.model().word("rest")));
		int count = fitting(whole, sample, sections, rest);
		if (count == 0) {
			return new FittedHtml(whole, new Cut.Impossible(asked, Cut.Hindrance.NO_SECTION_FITS));
		}
		List<String> kept = sections.titles().subList(0, count);
		List<String> left = sections.titles().subList(count, sections.titles().size());
		return asked ? new FittedHtml(whole.withBody(sections.first(count, rest)), new Cut.Made(octets, kept, left))
				: new FittedHtml(whole, new Cut.Offered(kept, left));
	}

	/** What the issue says counts, and else what the installation does. */
	static boolean isAsked(IssueSource source, RenderSettings settings) {
		String said = source.metadata().getOrDefault("cut", "").strip();
		return said.equalsIgnoreCase("true") || (settings.cut() && !said.equalsIgnoreCase("false"));
	}

	private static int octets(PartTemplate template, RecipientValues sample) {
		return HtmlSize.octets(template.whole(sample));
	}

	/** How many sections, fewer than all: none, or the most that fit. */
	private static int fitting(PartTemplate whole, RecipientValues sample, IssueSections sections, String rest) {
		String mark = new StringBuilder(whole.nonce()).reverse().toString();
		String page = whole.withBody(sections.marked(mark)).whole(sample);
		String[] parts = page.split(Pattern.quote(IssueSections.mark(mark)));
		int fits = 0;
		int octets = HtmlSize.octets(parts[0]);
		while (fits + 1 < sections.titles().size() && HtmlSize.fits(octets)) {
			fits++;
			octets += HtmlSize.octets(parts[fits]);
		}
		// Not yet counted: notes, the last paragraph and what the template has behind them.
		while (fits > 0 && !HtmlSize.fits(octets(whole.withBody(sections.first(fits, rest)), sample))) {
			fits--;
		}
		return fits;
	}

}
