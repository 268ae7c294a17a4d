package dev.herald.issue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * Takes Jekyll's Liquid out of a text, before Markdown is read. What the file itself says
 * is kept: a value it assigns or captures, a field of its front matter, what stands in
 * highlight and raw. All else needs a site around it, and is dropped with a warning. Code
 * is left alone. Made for one text; not thread-safe.
 */
final class Liquid {

	/** A tag, an output, or an extension of kramdown, in bounds. */
	private static final Pattern MARK = Pattern
		.compile("\\{%-?\\s{0,9}(\\w{1,40})([^%]{0,2000}+(?:%(?!\\})[^%]{0,500}+){0,20})%\\}"
				+ "|\\{\\{-?([^{}]{0,500}+)\\}\\}|\\{::/?(\\w{1,40})[^{}\\n]{0,200}+\\}");

	private static final Pattern ASSIGNED = Pattern.compile("\\s*([\\w.-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*");

	private static final Pattern NAME = Pattern.compile("\\s*([\\w.-]+?)\\s*-?");

	private static final Pattern LINE_START = Pattern.compile("[ \\t>]*");

	private final String fileName;

	private final String text;

	private final boolean[] untouched;

	private final Map<String, String> values = new HashMap<>();

	/** In characters, of all values. */
	private int captured;

	/** Blocks whose end was looked for to the end of the text in vain. */
	private final Set<String> endless = new HashSet<>();

	private final SourceLines out = new SourceLines();

	private final List<SourceWarning> warnings = new ArrayList<>();

	private int at;

	private int line;

	/**
	 * @param untouched for each character of the text, whether it is code or a comment
	 */
	Liquid(String fileName, String text, int firstLine, Map<String, String> page, boolean[] untouched) {
		this.fileName = fileName;
		this.text = text;
		this.line = firstLine;
		this.untouched = untouched;
		page.forEach((key, value) -> this.values.put("page." + key, value));
	}

	/** Whether there is any: most issues have none. */
	static boolean isIn(String text) {
		return MARK.matcher(text).find();
	}

	/** A text without Liquid and for each of its lines the line of the file. */
	record Resolved(String text, int[] lines, List<SourceWarning> warnings) {
	}

	/**
	 * @throws Problem when what it puts in makes the text longer than an issue may be
	 */
	Resolved resolve() {
		Matcher mark = MARK.matcher(this.text);
		while (mark.find(this.at)) {
			int start = mark.start();
			copyTo(start);
			if (this.untouched[start]) {
				copyTo(start + 1);
			}
			else if (mark.group(1) != null) {
				tag(mark.group(1), mark.group(2), mark);
			}
			else if (mark.group(4) != null) {
				option(mark);
			}
			else {
				output(mark.group(3), mark);
			}
			checkSize(this.out.length());
		}
		copyTo(this.text.length());
		return new Resolved(this.out.text(), this.out.lines(), this.warnings);
	}

	private void checkSize(int length) {
		if (length > SourceText.MAX_SIZE) {
			throw Problem.work(Sentence.of("issue.liquid.long", this.fileName, this.line, SourceText.MAX_SIZE));
		}
	}

	private void tag(String name, String rest, Matcher mark) {
		switch (name) {
			case "comment" -> end(name, mark).ifPresentOrElse((end) -> skipTo(end[1]), () -> drop(mark));
			case "raw" -> end(name, mark).ifPresentOrElse((end) -> {
				skipTo(mark.end());
				copyTo(end[0]);
				skipTo(end[1]);
			}, () -> drop(mark));
			case "highlight" -> end(name, mark).ifPresentOrElse((end) -> highlight(rest, mark, end), () -> drop(mark));
			case "capture" -> end(name, mark).ifPresentOrElse((end) -> {
				capture(rest.strip(), this.text.substring(mark.end(), end[0]));
				skipTo(end[1]);
			}, () -> drop(mark));
			case "assign" -> assign(rest, mark);
			default -> drop(mark);
		}
	}

	/** Where the tag that closes a block begins and ends. */
	private Optional<int[]> end(String name, Matcher mark) {
		Matcher end = Pattern.compile("\\{%-?\\s{0,9}end" + name + "\\s{0,9}-?%\\}").matcher(this.text);
		if (this.endless.contains(name) || !end.find(mark.end())) {
			this.endless.add(name);
			return Optional.empty();
		}
		return Optional.of(new int[] { end.start(), end.end() });
	}

	private void assign(String rest, Matcher mark) {
		Matcher assigned = ASSIGNED.matcher(rest);
		if (assigned.matches()) {
			String value = (assigned.group(2) != null) ? assigned.group(2) : assigned.group(3);
			this.values.put(assigned.group(1), value);
			skipTo(mark.end());
		}
		else {
			drop(mark);
		}
	}

	/** As a fenced block with a fence that its code does not have. */
	private void highlight(String rest, Matcher mark, int[] end) {
		String code = this.text.substring(mark.end(), end[0]);
		String fence = "```";
		while (code.contains(fence)) {
			fence += "`";
		}
		Matcher start = LINE_START.matcher(this.text)
			.region(this.text.lastIndexOf('\n', mark.start()) + 1, mark.start());
		String indent = start.matches() ? start.group() : "";
		String language = rest.strip().split("\\s+", 2)[0].replaceAll("[^\\w+#-]", "");
		put((start.matches() ? "" : "\n") + fence + language + (code.startsWith("\n") ? "" : "\n" + indent));
		skipTo(mark.end());
		copyTo(mark.end() + code.stripTrailing().length());
		put("\n" + indent + fence);
		skipTo(end[1]);
	}

	/** Kramdown's own: {::comment}…{:/comment}, and settings such as {::options /}. */
	private void option(Matcher mark) {
		int end = mark.group(4).equals("comment") ? this.text.indexOf("{:/", mark.end()) : -1;
		int close = (end < 0) ? -1 : this.text.indexOf('}', end);
		skipTo((close < 0) ? mark.end() : close + 1);
	}

	private void output(String expression, Matcher mark) {
		String value = this.values.get(name(expression));
		if (value == null) {
			drop(mark);
			return;
		}
		put(oneParagraph(value));
		skipTo(mark.end());
	}

	private static String name(String expression) {
		Matcher name = NAME.matcher(expression);
		return name.matches() ? name.group(1) : "";
	}

	/** A value stands in a line; an empty line in it would end a table or a list. */
	private static String oneParagraph(String value) {
		return value.strip().replaceAll("\\s*\\n\\s*", " ");
	}

	private void capture(String name, String text) {
		StringBuilder value = new StringBuilder();
		int from = 0;
		Matcher mark = MARK.matcher(text);
		while (mark.find()) {
			value.append(text, from, mark.start());
			String known = (mark.group(3) != null) ? name(mark.group(3)) : "";
			value.append(this.values.getOrDefault(known, ""));
			from = mark.end();
			checkSize(this.captured + value.length());
		}
		value.append(text, from, text.length());
		this.captured += value.length();
		this.values.put(name, value.toString());
	}

	private void drop(Matcher mark) {
		this.warnings.add(new SourceWarning(SourceWarning.Kind.LIQUID, this.line,
				Sentence.of("issue.liquid", SourceWarning.quoted(mark.group())), Sentence.of("issue.liquid.became"),
				Sentence.of("issue.liquid.mend")));
		skipTo(mark.end());
	}

	private void put(String added) {
		this.out.add(added, this.line, 0);
	}

	private void copyTo(int end) {
		this.out.add(this.text.substring(this.at, end), this.line, 1);
		skipTo(end);
	}

	private void skipTo(int end) {
		for (int i = this.at; i < end; i++) {
			this.line += (this.text.charAt(i) == '\n') ? 1 : 0;
		}
		this.at = end;
	}

}
