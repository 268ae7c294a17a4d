package dev.herald.web;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

import dev.herald.tracking.LinkClicks;

/**
 * Lays figures over a mail: behind each link that was followed a badge, in colours of its
 * own that hold on any theme. Only of what is shown: the mail is never sent so.
 */
final class LinkBadges {

	private static final String STYLE = "display:inline-block;margin:0 4px;padding:0 7px;border-radius:9px;"
			+ "background:#7a2e1d;color:#fffdf9;font:600 12px/18px system-ui,sans-serif;letter-spacing:0;"
			+ "white-space:nowrap;text-decoration:none;vertical-align:middle";

	private LinkBadges() {
	}

	/**
	 * @param text of the badge of a link
	 */
	static String on(String html, List<LinkLine> lines, Function<LinkLine, String> text) {
		Map<String, LinkLine> byLink = lines.stream().collect(Collectors.toMap(LinkLine::link, (line) -> line));
		Document page = Jsoup.parse(html);
		page.outputSettings().prettyPrint(false);
		for (Element link : page.select("a[href]")) {
			LinkLine line = byLink.get(LinkClicks.sha256(link.attr("href")));
			if (line != null) {
				link.after(new Element("span").attr("style", STYLE).text(text.apply(line)));
			}
		}
		return page.outerHtml();
	}

}
