package dev.herald.check;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.probe.Probe;
import dev.herald.render.CompiledIssue;
import dev.herald.render.Recipient;
import dev.herald.render.Samples;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * An issue from both ends: the file, where things have lines, and the mail, which is what
 * counts.
 *
 * @param recipient whom the mail was made for
 * @param page the mail's HTML part, read
 * @param prose what a reader sees of it, without code
 * @param searched the Markdown's lines, in lower case
 * @param online what the web said of its addresses
 */
record CheckedIssue(IssueSource source, Newsletter newsletter, CompiledIssue compiled, Recipient recipient,
		Outline outline, String html, Document page, String prose, List<String> searched, OnlineAnswers online) {

	private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0\\u200b\\u200c\\u034f\\ufeff]+");

	static CheckedIssue of(IssueSource source, Newsletter newsletter, CompiledIssue compiled, Probe probe) {
		Recipient recipient = Samples.recipient();
		String html = compiled.html(recipient);
		Document page = Jsoup.parse(html);
		page.outputSettings().prettyPrint(false);
		Outline outline = Outline.of(source);
		return new CheckedIssue(source, newsletter, compiled, recipient, outline, html, page, prose(page, source),
				source.markdown().toLowerCase(Locale.ROOT).lines().toList(),
				OnlineAnswers.of(outline, newsletter, probe));
	}

	private static String prose(Document page, IssueSource source) {
		Document copy = page.clone();
		// One that nobody wrote is the text's beginning again, code and all.
		copy.select(".preheader").removeIf((preheader) -> !isWritten(oneLine(preheader.text()), source));
		copy.select("code, pre, kbd, samp, tt, var, style, title").remove();
		return oneLine(copy.body().text());
	}

	private static boolean isWritten(String preheader, IssueSource source) {
		String begin = preheader.replaceFirst("…$", "");
		return source.metadata().values().stream().anyMatch((value) -> oneLine(value).startsWith(begin));
	}

	static String oneLine(String text) {
		return SPACE.matcher(text).replaceAll(" ").strip();
	}

	/** For a message: on one line and not too long. */
	static String brief(String text) {
		String line = oneLine(text);
		if (line.length() <= 60) {
			return line;
		}
		return line.substring(0, Character.isHighSurrogate(line.charAt(58)) ? 58 : 59) + "…";
	}

	/** The first line of the file's text that has this in it, in either case. */
	int lineOf(String text) {
		String wanted = text.toLowerCase(Locale.ROOT);
		for (int i = 0; i < this.searched.size(); i++) {
			if (this.searched.get(i).contains(wanted)) {
				return this.source.firstLine() + i;
			}
		}
		return 0;
	}

	/** Of the heading that gave the title, or the front matter's first line. */
	int titleLine() {
		return this.outline.headings()
			.stream()
			.filter((heading) -> heading.level() == 1 && heading.text().equals(oneLine(this.source.title())))
			.findFirst()
			.map(Outline.Heading::line)
			.orElse((this.source.firstLine() > 1) ? 1 : 0);
	}

}
