package dev.herald.render;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.issue.SourceWarning;
import dev.herald.issue.SourceWarning.Kind;
import dev.herald.problem.Sentence;
import org.commonmark.node.Node;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Tag;

/** What becomes of a tag that an editor wrote as raw HTML, and the warning about it. */
final class RawTags {

	/** Elements whose content is not text: they go with it. */
	private static final Set<String> NO_TEXT = Set.of("script", "style", "iframe", "template", "svg", "math", "select",
			"textarea", "title", "xmp", "noembed", "noframes", "noscript", "object", "video", "audio", "plaintext");

	/** They have no look of their own. */
	private static final Set<String> SILENT = Set.of("html", "head", "body", "main", "article", "header", "footer",
			"aside", "nav", "hgroup", "picture", "source", "address", "figure", "time", "data", "nobr", "label");

	private static final Pattern HANDLER = Pattern.compile("(?i)[\\s\"'/](on[a-z]{2,20})\\s*=");

	private final LinkTargets targets;

	private final ReadingWarnings warnings;

	RawTags(LinkTargets targets, ReadingWarnings warnings) {
		this.targets = targets;
		this.warnings = warnings;
	}

	static boolean hasNoText(String name) {
		return NO_TEXT.contains(name);
	}

	/** The name of the tag that begins at a position, lower case; empty if none does. */
	static String name(String html, int at) {
		int start = html.startsWith("</", at) ? at + 2 : at + 1;
		int end = start;
		while (end < html.length() && (Character.isLetterOrDigit(html.charAt(end)) || html.charAt(end) == '-')) {
			end++;
		}
		boolean letter = end > start && Character.isLetter(html.charAt(start));
		return letter ? html.substring(start, end).toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * @param tag with its brackets
	 * @param offset lines after the node's first
	 */
	void check(String tag, Node node, int offset) {
		String name = name(tag, 0);
		if (tag.startsWith("</") || !Tag.isKnownTag(name)) {
			return;
		}
		if (NO_TEXT.contains(name)) {
			this.warnings.add(Kind.HTML, node, offset, Sentence.of("render.tag", name), Sentence.of("render.tag.gone"),
					Sentence.of("render.tag.mend"));
		}
		else if (!HtmlBody.allows(name) && !SILENT.contains(name)) {
			this.warnings.add(Kind.HTML, node, offset, Sentence.of("render.tag", name),
					Sentence.of("render.tag.text-stays"), Sentence.of("render.tag.mend"));
		}
		Matcher handler = HANDLER.matcher(tag);
		if (handler.find()) {
			this.warnings.add(Kind.HTML, node, offset, Sentence.of("render.handler", name, handler.group(1)),
					Sentence.of("render.handler.became"), Sentence.of("render.handler.mend"));
		}
		if (name.equals("a") || name.equals("img")) {
			checkAddress(name, tag, node, offset);
		}
	}

	private void checkAddress(String name, String tag, Node node, int offset) {
		Element element = Jsoup.parseBodyFragment(tag).body().firstElementChild();
		if (element != null && name.equals("a") && element.hasAttr("href")) {
			settle(element.attr("href"), this.targets.link(element.attr("href")), node, offset);
		}
		else if (element != null && name.equals("img")) {
			settle(element.attr("src"), this.targets.picture(element.attr("src")), node, offset);
		}
	}

	/**
	 * Warns of an address that does not work. A place in the same page needs no warning:
	 * most mail readers do not go there.
	 */
	void settle(String address, Optional<String> target, Node node, int offset) {
		if (target.isEmpty() && !address.startsWith("#")) {
			boolean whole = address.matches("(?s)\\s*[A-Za-z][A-Za-z0-9+.-]*:.*");
			Sentence what = address.isBlank() ? Sentence.of("render.no-address")
					: Sentence.of("render.address", SourceWarning.quoted(address));
			this.warnings.add(Kind.ADDRESS, node, offset, what, Sentence.of("render.address.became"),
					Sentence.of((whole || address.isBlank()) ? "render.address.mend" : "render.address.relative.mend"));
		}
	}

}
