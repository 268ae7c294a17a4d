package dev.herald.issue;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.herald.issue.FrontMatter.Value;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/** Reads a Markdown file. Stateless. */
public final class IssueReader {

	/** In characters; fits its column and a subject line. */
	private static final int MAX_TITLE = 300;

	private static final int MAX_FILE_NAME = 255;

	/** Of a value that a message quotes. */
	private static final int MAX_QUOTED = 100;

	private static final Pattern EXTENSION = Pattern.compile("(?i)\\.(md|markdown|mdown|mkd|txt)$");

	private static final Pattern CONTROLS_AND_SPACE = Pattern.compile("[\\p{Cc}\\p{Z}]+");

	private IssueReader() {
	}

	/**
	 * @param fileName a name or a path, of which the last part counts
	 * @param content at most 2 MiB
	 * @throws Problem naming the file and the line or byte offset
	 */
	public static IssueSource read(String fileName, byte[] content) {
		String name = lastPart(fileName);
		FrontMatter front = FrontMatter.of(name, SourceText.decode(name, content));
		Node document = Markdown.read(name, front.body(), front.firstLine(), front.texts()).root();
		Heading heading = firstHeading(document);
		if (isEmpty(document, heading)) {
			throw Problem.work(Sentence.of((heading != null) ? "issue.empty.heading"
					: (front.firstLine() > 1) ? "issue.empty.front" : "issue.empty", name));
		}
		String headingText = (heading != null) ? Markdown.plainText(heading) : "";
		String title = title(name, front, headingText);
		return new IssueSource(name, title, date(name, front, headingText + "\n" + title), slug(name, front),
				front.texts(), front.body(), front.firstLine());
	}

	/**
	 * The source of an issue that is to be written: a heading with nothing below it yet.
	 * @throws Problem when the title has no letters or digits
	 */
	static IssueSource begin(String title) {
		String heading = oneLine(title);
		String slug = Slug.of(heading);
		if (slug.isEmpty()) {
			throw Problem.usage(Sentence.of("issue.no-title"));
		}
		String markdown = "# " + heading + "\n\n";
		FrontMatter front = FrontMatter.none(markdown);
		Heading read = firstHeading(Markdown.read(slug + ".md", markdown, 1, Map.of()).root());
		String shown = (read != null) ? Markdown.plainText(read) : "";
		String name = slug + ".md";
		return new IssueSource(name, title(name, front, shown), date(name, front, shown), slug, Map.of(), markdown, 1);
	}

	/**
	 * The text of a file as it is edited: without BOM, with LF as line ends.
	 * @throws Problem when it is too large or not UTF-8
	 */
	public static String text(String fileName, byte[] content) {
		return SourceText.decode(lastPart(fileName), content);
	}

	private static String lastPart(String fileName) {
		String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
		String name = oneLine(last);
		return (name.length() > MAX_FILE_NAME) ? name.substring(name.length() - MAX_FILE_NAME) : name;
	}

	private static @Nullable Heading firstHeading(Node document) {
		for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
			if (block instanceof Heading heading && heading.getLevel() == 1 && !Markdown.plainText(heading).isEmpty()) {
				return heading;
			}
		}
		return null;
	}

	private static boolean isEmpty(Node document, @Nullable Heading heading) {
		for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
			boolean comment = block instanceof HtmlBlock html && html.getLiteral().startsWith("<!--")
					&& html.getLiteral().stripTrailing().endsWith("-->");
			if (block != heading && !comment && !(block instanceof LinkReferenceDefinition)) {
				return false;
			}
		}
		return true;
	}

	private static String title(String name, FrontMatter front, String heading) {
		Value stated = front.get("title");
		String title = oneLine((stated != null) ? stated.text() : heading);
		if (title.isEmpty()) {
			title = EXTENSION.matcher(name).replaceFirst("");
		}
		return cut(title, MAX_TITLE);
	}

	private static String cut(String text, int most) {
		if (text.length() <= most) {
			return text;
		}
		int end = most - 1;
		return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
	}

	private static @Nullable LocalDate date(String name, FrontMatter front, String headings) {
		Value stated = front.get("date");
		if (stated != null) {
			return Dates.find(stated.text())
				.orElseThrow(() -> Problem
					.work(Sentence.of("issue.date", name, stated.line(), cut(oneLine(stated.text()), MAX_QUOTED))));
		}
		Optional<LocalDate> fromName = Dates.findInFileName(name);
		return fromName.or(() -> Dates.find(headings)).orElse(null);
	}

	private static String slug(String name, FrontMatter front) {
		Value stated = front.get("slug");
		String slug = Slug.of((stated != null) ? stated.text() : EXTENSION.matcher(name).replaceFirst(""));
		if (slug.isEmpty()) {
			throw Problem.work(Sentence.of("issue.no-slug", name));
		}
		return slug;
	}

	private static String oneLine(String text) {
		return CONTROLS_AND_SPACE.matcher(text).replaceAll(" ").strip();
	}

}
