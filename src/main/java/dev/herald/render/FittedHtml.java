package dev.herald.render;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.herald.issue.IssueSource;

/**
 * The HTML part, cut where that is asked for and needed.
 *
 * @param template with the text that goes out
 * @param page what the sample reader gets
 * @param cut takes some renderings where a cut could be made and is not asked for
 */
record FittedHtml(PartTemplate template, String page, Supplier<Cut> cut) {

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
		FittedHtml uncut = new FittedHtml(whole, whole.whole(sample), Cut.None::new);
		if (HtmlSize.fits(HtmlSize.octets(uncut.page()))) {
			return uncut;
		}
		return asked ? uncut.cut(template, sample, online) : new FittedHtml(whole, uncut.page(),
				new AskedOnce<>(() -> offer(uncut.cut(template, sample, online).cut().get())));
	}

	private static Cut offer(Cut cut) {
		return (cut instanceof Cut.Made made) ? new Cut.Offered(made.kept(), made.left())
				: (cut instanceof Cut.Impossible impossible) ? new Cut.Impossible(false, impossible.hindrance()) : cut;
	}

	private FittedHtml cut(Function<String, PartTemplate> template, RecipientValues sample, String online) {
		if (online.isEmpty()) {
			return with(new Cut.Impossible(true, Cut.Hindrance.NOT_ARCHIVED));
		}
		IssueSections sections = new IssueSections(this.template.body());
		String rest = "<p class=\"rest\"><a href=\"%s\">%s</a></p>".formatted(Escape.ATTRIBUTE.apply(online),
				Escape.TEXT.apply(this.template.model().word("rest")));
		for (int count = mostThatMayFit(template, sample, sections); count > 0; count--) {
			PartTemplate cut = template.apply(sections.first(count, rest));
			String cutPage = cut.whole(sample);
			if (HtmlSize.fits(HtmlSize.octets(cutPage))) {
				List<String> titles = sections.titles();
				Cut made = new Cut.Made(HtmlSize.octets(this.page), titles.subList(0, count),
						titles.subList(count, titles.size()));
				return new FittedHtml(cut, cutPage, () -> made);
			}
		}
		return with(new Cut.Impossible(true, Cut.Hindrance.NO_SECTION_FITS));
	}

	private FittedHtml with(Cut found) {
		return new FittedHtml(this.template, this.page, () -> found);
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
