package dev.herald.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;

/**
 * What may be in the HTML that an issue brings, written down a second time: nothing in it
 * acts, whether a mail or a page of the archive is around it. Anything else is found.
 */
final class Inert {

	static final Set<String> ELEMENTS = Set.of("a", "abbr", "b", "bdi", "bdo", "big", "blockquote", "br", "caption",
			"center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
			"figcaption", "figure", "font", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark",
			"ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong",
			"sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
			"wbr");

	/** None runs a script or loads anything, but for src. */
	static final Set<String> ATTRIBUTES = Set.of("align", "alt", "class", "color", "colspan", "dir", "height", "href",
			"id", "lang", "open", "rowspan", "scope", "size", "src", "start", "title", "type", "width");

	static final String HREF = "(?:https?|ftp|ircs?)://.+|(?:mailto|tel|sms|xmpp):.+|#fn.*";

	static final String SRC = "https?://.+";

	/** More than a template needs, and all that has ever run a script in a mail. */
	private static final Set<String> NOT_IN_A_MAIL = Set.of("script", "iframe", "frame", "frameset", "object", "embed",
			"applet", "form", "input", "button", "select", "textarea", "base", "link", "svg", "math", "video", "audio",
			"portal", "template", "noscript", "isindex", "marquee", "bgsound", "xml");

	private static final Pattern ACTING_STYLE = Pattern.compile("expression\\(|url\\(|@import|-moz-binding|behavior:");

	private Inert() {
	}

	/** What is in the issue's own part that may not be. */
	static List<String> acting(String body) {
		List<String> found = new ArrayList<>();
		for (Element element : Jsoup.parseBodyFragment(body).select("body *")) {
			check(ELEMENTS.contains(element.normalName()), element.normalName(), found);
			for (Attribute attribute : element.attributes()) {
				String name = attribute.getKey();
				String value = attribute.getValue();
				check(ATTRIBUTES.contains(name), name + "=" + value, found);
				check(!name.equals("href") || value.matches("(?is)" + HREF), "href=" + value, found);
				check(!name.equals("src") || value.matches("(?is)" + SRC), "src=" + value, found);
				check(!name.equals("id") || value.matches("fn.*|section-\\d+"), "id=" + value, found);
			}
		}
		return found;
	}

	/** The same of a whole mail, which has the template's styles too. */
	static List<String> actingInMail(String html) {
		List<String> found = new ArrayList<>();
		for (Element element : Jsoup.parse(html).getAllElements()) {
			check(!NOT_IN_A_MAIL.contains(element.normalName()), element.normalName(), found);
			for (Attribute attribute : element.attributes()) {
				String name = attribute.getKey();
				String value = attribute.getValue();
				check(!name.startsWith("on") && !Set.of("http-equiv", "srcdoc", "action", "background").contains(name),
						name + "=" + value, found);
				check(!name.equals("href") || value.matches("(?is)" + HREF), "href=" + value, found);
				check(!name.equals("src") || value.matches("(?is)" + SRC), "src=" + value, found);
				check(!name.equals("style") || !ACTING_STYLE.matcher(value.toLowerCase(Locale.ROOT)).find(),
						"style=" + value, found);
			}
		}
		return found;
	}

	private static void check(boolean allowed, String what, List<String> found) {
		if (!allowed) {
			found.add(what);
		}
	}

}
