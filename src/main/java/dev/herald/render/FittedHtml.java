package dev.herald.render;

import java.util.List;

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
		int fits = 0;
		int tooMany = sections.titles().size();
		while (tooMany - fits > 1) {
			int middle = (fits + tooMany) >>> 1;
			if (HtmlSize.fits(octets(whole.withBody(sections.first(middle, rest)), sample))) {
				fits = middle;
			}
			else {
				tooMany = middle;
			}
		}
		return fits;
	}

}
