package dev.herald.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.herald.check.Finding.Check;
import dev.herald.problem.Sentence;
import dev.herald.render.Cut;
import dev.herald.render.HtmlSize;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** Whether Gmail shows the whole mail. */
final class SizeChecks implements Checks {

	private static final int TITLES = 8;

	private static final Sentence CLIPS = Sentence.of("check.size.why");

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		Cut cut = issue.compiled().cut();
		int size = issue.compiled().htmlOctets(issue.recipient());
		if (cut instanceof Cut.Made made) {
			findings.warn(Check.SIZE, 0,
					Sentence.of("check.size.cut", made.wholeOctets(),
							CheckedIssue.brief(made.kept().get(made.kept().size() - 1))),
					Sentence.of("check.size.cut.why", HtmlSize.CLIPPED_ABOVE),
					Sentence.of("check.size.cut.mend", titles(made.left())));
		}
		else if (cut instanceof Cut.Impossible impossible && impossible.asked()) {
			findings.error(Check.SIZE, 0, Sentence.of("check.size.uncut", size, because(impossible.hindrance())), CLIPS,
					otherWay(impossible.hindrance()));
		}
		else if (!HtmlSize.fits(size)) {
			findings.warn(Check.SIZE, 0, over(size),
					(size > HtmlSize.CLIPPED_ABOVE) ? CLIPS : Sentence.of("check.size.near.why"),
					offer(cut, shorten(issue.page())));
		}
	}

	private static Sentence over(int size) {
		return (size > HtmlSize.CLIPPED_ABOVE) ? Sentence.of("check.size.over", size, size - HtmlSize.CLIPPED_ABOVE)
				: Sentence.of("check.size.near", size, HtmlSize.CLIPPED_ABOVE - size);
	}

	private static Sentence shorten(Element page) {
		List<Sentence> heaviest = heaviest(page).stream().limit(3).map(Section::inWords).toList();
		return heaviest.isEmpty() ? Sentence.of("check.size.shorten")
				: Sentence.of("check.size.shorten.sections", Sentence.join("check.comma", heaviest));
	}

	private static Sentence offer(Cut cut, Sentence shorten) {
		if (cut instanceof Cut.Offered offered) {
			return Sentence.of("check.size.offer", shorten, titles(offered.kept()));
		}
		return (cut instanceof Cut.Impossible impossible)
				? Sentence.of("check.size.no-offer", shorten, because(impossible.hindrance())) : shorten;
	}

	private static Sentence titles(List<String> titles) {
		Sentence shown = Sentence.join("check.comma",
				titles.stream()
					.limit(TITLES)
					.map((title) -> Sentence.of("check.title", CheckedIssue.brief(title)))
					.toList());
		return (titles.size() <= TITLES) ? shown : Sentence.of("check.more", shown, titles.size() - TITLES);
	}

	private static Sentence because(Cut.Hindrance hindrance) {
		return switch (hindrance) {
			case NOT_ARCHIVED -> Sentence.of("check.size.not-archived");
			case NO_SECTION_FITS -> Sentence.of("check.size.no-section");
		};
	}

	private static Sentence otherWay(Cut.Hindrance hindrance) {
		return switch (hindrance) {
			case NOT_ARCHIVED -> Sentence.of("check.size.not-archived.mend");
			case NO_SECTION_FITS -> Sentence.of("check.size.no-section.mend");
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

		Sentence inWords() {
			return Sentence.of("check.size.section", CheckedIssue.brief(this.title), this.octets);
		}

	}

}
