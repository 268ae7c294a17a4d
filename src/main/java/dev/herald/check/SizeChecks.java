package dev.herald.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import dev.herald.check.Finding.Check;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** Whether Gmail shows the whole mail. */
final class SizeChecks implements Checks {

	/**
	 * In octets of the HTML part. Behind it Gmail shows "[Message clipped]" and a link,
	 * and counts opens no more.
	 */
	static final int CLIPPED_ABOVE = 102_400;

	/** For longer names, addresses and tokens than the sample's. */
	private static final int RESERVE = 1_024;

	@Override
	public void check(CheckedIssue issue, Findings findings) {
		int size = octets(issue.html());
		if (size <= CLIPPED_ABOVE - RESERVE) {
			return;
		}
		List<Section> sections = heaviest(issue.page());
		String what = (size > CLIPPED_ABOVE)
				? "The HTML has %,d octets, %,d more than Gmail shows.".formatted(size, size - CLIPPED_ABOVE)
				: "The HTML has %,d octets, %,d less than where Gmail clips.".formatted(size, CLIPPED_ABOVE - size);
		String heaviest = sections.stream().limit(3).map(Section::inWords).collect(Collectors.joining(", "));
		findings.warn(Check.SIZE, 0, what, (size > CLIPPED_ABOVE)
				? "It cuts the mail off there, and with it the footer that unsubscribes; who can't find that presses “spam”."
				: "A reader with a longer name or address may get more, and Gmail cuts that off.",
				heaviest.isEmpty() ? "Shorten it, or put a part of it on a page and link to that."
						: "Shorten the heaviest sections, or put them on a page and link to that: %s."
							.formatted(heaviest));
	}

	private static int octets(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
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
		return octets((node instanceof Element element) ? element.shallowClone().outerHtml() : node.outerHtml());
	}

	private record Section(String title, int octets) {

		String inWords() {
			return "“%s” (%,d)".formatted(CheckedIssue.brief(this.title), this.octets);
		}

	}

}
