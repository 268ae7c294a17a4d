package dev.herald.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import dev.herald.check.Finding.Check;
import dev.herald.render.Cut;
import dev.herald.render.HtmlSize;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** Whether Gmail shows the whole mail. */
final class SizeChecks implements Checks {

	private static final int TITLES = 8;

	private static final String CLIPS = "It cuts the mail off there, and with it the footer that unsubscribes; who can't find that presses “spam”.";

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Cut cut = issue.compiled().cut();
		int size = HtmlSize.octets(issue.html());
		if (cut instanceof Cut.Made made) {
			findings.warn(Check.SIZE, 0,
					"The HTML would have %,d octets, so it ends behind “%s” with a link to the rest."
						.formatted(made.wholeOctets(), CheckedIssue.brief(made.kept().get(made.kept().size() - 1))),
					"Gmail shows %,d. The plain text and the page in the archive have all sections."
						.formatted(HtmlSize.CLIPPED_ABOVE),
					"Read only online are: %s. Move up what all should read, or shorten the sections before."
						.formatted(titles(made.left())));
		}
		else if (cut instanceof Cut.Impossible impossible && impossible.asked()) {
			findings.error(Check.SIZE, 0,
					"The HTML has %,d octets and can't be cut: %s.".formatted(size, because(impossible.hindrance())),
					CLIPS,
					"%s, or write cut: false into the front matter.".formatted(otherWay(impossible.hindrance())));
		}
		else if (!HtmlSize.fits(size)) {
			findings.warn(Check.SIZE, 0, over(size),
					(size > HtmlSize.CLIPPED_ABOVE) ? CLIPS
							: "A reader with a longer name or address may get more, and Gmail cuts that off.",
					shorten(issue.page()) + " " + offer(cut));
		}
	}

	private static String over(int size) {
		return (size > HtmlSize.CLIPPED_ABOVE)
				? "The HTML has %,d octets, %,d more than Gmail shows.".formatted(size, size - HtmlSize.CLIPPED_ABOVE)
				: "The HTML has %,d octets, %,d less than where Gmail clips.".formatted(size,
						HtmlSize.CLIPPED_ABOVE - size);
	}

	private static String shorten(Element page) {
		String heaviest = heaviest(page).stream().limit(3).map(Section::inWords).collect(Collectors.joining(", "));
		return heaviest.isEmpty() ? "Shorten it, or put a part of it on a page and link to that."
				: "Shorten the heaviest sections, or put them on a page and link to that: %s.".formatted(heaviest);
	}

	private static String offer(Cut cut) {
		if (cut instanceof Cut.Offered offered) {
			return "Or write cut: true into the front matter: the mail keeps %s and links to the rest on the issue's page."
				.formatted(titles(offered.kept()));
		}
		return (cut instanceof Cut.Impossible impossible)
				? "It can't be cut (cut: true): %s.".formatted(because(impossible.hindrance())) : "";
	}

	private static String titles(List<String> titles) {
		String shown = titles.stream()
			.limit(TITLES)
			.map((title) -> "“" + CheckedIssue.brief(title) + "”")
			.collect(Collectors.joining(", "));
		return (titles.size() <= TITLES) ? shown : "%s and %d more".formatted(shown, titles.size() - TITLES);
	}

	private static String because(Cut.Hindrance hindrance) {
		return switch (hindrance) {
			case NOT_ARCHIVED -> "the newsletter has no archive, so there is no page to link to";
			case NO_SECTION_FITS -> "no section ends before Gmail clips";
		};
	}

	private static String otherWay(Cut.Hindrance hindrance) {
		return switch (hindrance) {
			case NOT_ARCHIVED -> "Give the newsletter an archive in its settings";
			case NO_SECTION_FITS -> "Part the text by headings of level two";
		};
	}

	/** A section is what stands between two headings of level two, wherever they are. */
	private static List<Section> heaviest(Element page) {
		List<Section> sections = new ArrayList<>();
		int[] size = { 0 };
		page.traverse((node, depth) -> {
			if (node instanceof Element element && element.normalName().equals("h2")) {
				sections.add(new Section(element.text(), size[0]));
			}
			size[0] += ownOctets(node);
		});
		List<Section> measured = new ArrayList<>();
		for (int i = 0; i < sections.size(); i++) {
			int end = (i + 1 < sections.size()) ? sections.get(i + 1).octets() : size[0];
			measured.add(new Section(sections.get(i).title(), end - sections.get(i).octets()));
		}
		measured.sort(Comparator.comparingInt(Section::octets).reversed());
		return measured;
	}

	private static int ownOctets(Node node) {
		return HtmlSize
			.octets((node instanceof Element element) ? element.shallowClone().outerHtml() : node.outerHtml());
	}

	private record Section(String title, int octets) {

		String inWords() {
			return "“%s” (%,d)".formatted(CheckedIssue.brief(this.title), this.octets);
		}

	}

}
