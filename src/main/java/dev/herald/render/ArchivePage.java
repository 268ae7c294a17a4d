package dev.herald.render;

import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;

import dev.herald.digest.Sha256;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A page of the archive, ready to be served. Immutable.
 *
 * @param html UTF-8 when it is served
 * @param styles what a Content-Security-Policy may let through as style-src: the hashes
 * of the page's own style elements, or 'none'
 * @param tag the same for the same octets; letters and digits
 */
public record ArchivePage(String html, String styles, String tag) {

	static ArchivePage of(String output) {
		// A browser reads line ends so, and hashes what it has read.
		Document page = Jsoup.parse(output.replaceAll("\\r\\n?", "\n"));
		page.outputSettings().prettyPrint(false);
		String styles = page.select("style")
			.stream()
			.map(Element::data)
			.map(ArchivePage::source)
			.collect(Collectors.joining(" "));
		String html = page.outerHtml();
		return new ArchivePage(html, styles.isEmpty() ? "'none'" : styles,
				HexFormat.of().formatHex(Sha256.of(html), 0, 16));
	}

	/** CSP level 3, section 2.3.1. */
	private static String source(String style) {
		return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(style)) + "'";
	}

}
