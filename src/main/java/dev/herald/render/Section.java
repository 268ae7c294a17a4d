package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Theme;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * A section of an issue's HTML: what follows a heading of level two.
 *
 * @param anchor of its heading: {@code section-} and its number
 */
record Section(String title, String anchor) {

	private static final String ANCHOR = "section-";

	/** Gives each heading an anchor. */
	static void number(Element body) {
		List<Element> headings = body.select("h2");
		for (int i = 0; i < headings.size(); i++) {
			headings.get(i).attr("id", ANCHOR + (i + 1));
		}
	}

	/**
	 * @param html whose headings are numbered
	 * @return none where there are less than two: they need no table
	 */
	static List<Section> in(String html) {
		List<Section> sections = new ArrayList<>();
		for (Element heading : Jsoup.parseBodyFragment(html).select("h2[id^=" + ANCHOR + "]")) {
			if (heading.hasText()) {
				sections.add(new Section(heading.text(), heading.id()));
			}
		}
		return (sections.size() < 2) ? List.of() : List.copyOf(sections);
	}

	/** Whether an issue is to begin with a table of its sections. */
	static boolean areListed(IssueSource source, Theme theme) {
		for (String key : List.of("contents", "toc")) {
			switch (source.metadata().getOrDefault(key, "").strip().toLowerCase(Locale.ROOT)) {
				case "true", "yes", "on" -> {
					return true;
				}
				case "false", "no", "off" -> {
					return false;
				}
				// Other values, such as a list of settings, are some other program's.
				default -> {
				}
			}
		}
		return theme.contents();
	}

}
