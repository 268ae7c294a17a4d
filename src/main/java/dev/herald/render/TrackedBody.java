package dev.herald.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.tracking.IssueLinks;
import dev.herald.tracking.MailRequest;
import dev.herald.tracking.TrackedMails;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * An issue's HTML whose links lead through this installation. In each stands a mark for
 * the token that names the mail, so that nothing else of it differs by recipient.
 * Immutable.
 */
final class TrackedBody {

	private final String html;

	private final String link;

	private final String tail;

	/** By code. */
	private final Map<String, String> targets;

	private TrackedBody(String html, String base, String mark, Map<String, String> targets) {
		this.html = html;
		this.link = base + TrackedMails.LINK + mark + "/";
		// The link has no text and is not shown: who follows it reads HTML, and no mail.
		this.tail = """
				<a href="%s" aria-hidden="true" tabindex="-1" style="display:none"></a>\
				<img src="%s" alt="" width="1" height="1">""".formatted(this.link + MailRequest.TRAP,
				base + TrackedMails.PIXEL + mark);
		this.targets = targets;
	}

	/**
	 * @param html with the links of the issue
	 * @param base of this installation
	 * @param mark letters and digits that no issue can contain
	 */
	static TrackedBody of(String html, String base, String mark) {
		Map<String, String> targets = new LinkedHashMap<>();
		Element body = parsed(html);
		for (Element link : body.select("a[href]")) {
			String target = link.attr("href");
			if (isTracked(target)) {
				String code = IssueLinks.code(target);
				if (targets.putIfAbsent(code, target) == null || target.equals(targets.get(code))) {
					link.attr("href", base + TrackedMails.LINK + mark + "/" + code);
				}
			}
		}
		return new TrackedBody(body.html(), base, mark, targets);
	}

	/** A mail program's own business is not ours: mailto:, tel: and such. */
	private static boolean isTracked(String target) {
		return (target.regionMatches(true, 0, "https://", 0, 8) || target.regionMatches(true, 0, "http://", 0, 7))
				&& target.length() <= IssueLinks.LONGEST;
	}

	private static Element parsed(String html) {
		Document document = Jsoup.parseBodyFragment(html);
		document.outputSettings().prettyPrint(false);
		return document.body();
	}

	String html() {
		return this.html;
	}

	/** What stands behind the text: the link that no person sees, and the pixel. */
	String tail() {
		return this.tail;
	}

	/** With the links of the issue again. */
	String untracked(String part) {
		Element body = parsed(part);
		for (Element link : body.select("a[href]")) {
			String href = link.attr("href");
			if (href.startsWith(this.link)) {
				link.attr("href", this.targets.getOrDefault(href.substring(this.link.length()), href));
			}
		}
		return body.html();
	}

	/** Where its links lead. */
	List<String> targets() {
		return List.copyOf(this.targets.values());
	}

}
