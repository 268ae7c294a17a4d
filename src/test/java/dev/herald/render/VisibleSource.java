package dev.herald.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.parser.Parser;

/**
 * What a reader should see of a Markdown file, and where its links lead: found by regular
 * expressions alone, without Herald's reader and without a Markdown library, so that the
 * two can be compared. Visible are: all text and code, the alternative text of pictures,
 * what is in raw HTML, and tags no browser knows (a generic type was meant). Not visible
 * are: front matter, comments, scripts and frames, Liquid tags and attribute lists, the
 * addresses and titles of links, the numbers of ordered lists and of footnotes, and a
 * label of an item with nothing behind it. Links to a place in the same page are none.
 */
final class VisibleSource {

	private static final Pattern FENCE = Pattern
		.compile("(?ms)^([ \\t>]*(?:[-*+] +)?)(`{3,}|~{3,})[^\\n`]*\\n(.*?)^[ \\t>]*\\2[`~]*[ \\t]*$");

	private static final Pattern HIGHLIGHT = Pattern
		.compile("(?s)\\{% *highlight [^%]*%\\}(.*?)\\{% *endhighlight *%\\}");

	private static final Pattern CODE = Pattern.compile("(?s)(?<!`)(`+)(?!`)(.+?)(?<!`)\\1(?!`)");

	private static final Pattern DEFINITION = Pattern
		.compile("(?m)^ {0,3}\\[([^\\]^][^\\]]*)\\]:[ \\t]*\\n?[ \\t]*<?(\\S+?)>?(?:[ \\t]+[\"'(].*)?$");

	private static final Pattern INLINE = Pattern.compile(
			"\\]\\([ \\n]*<?([^\\s()<>]*(?:\\([^\\s()<>]*\\)[^\\s()<>]*)*)>?(?:\\s+\"[^\"]*\"|\\s+'[^']*')?\\s*\\)");

	private static final Pattern REFERENCE = Pattern.compile("\\[([^\\[\\]]+)\\](?:\\[([^\\[\\]]*)\\])?");

	private static final Pattern BARE = Pattern
		.compile("(?:https?://|(?<![\\w./])www\\.)[^\\s<>\"，。；：、）】》」』！？“”‘’（\\]]+");

	private static final Pattern TAG = Pattern.compile("</?([a-zA-Z][a-zA-Z0-9]*)((?:\\s[^<>]*)?)/?>");

	private static final Pattern EMPTY_LABEL = Pattern.compile(
			"(?m)(?<=<br>|<br/>|<br />| {2})[ \\t]*\\n[ \\t]*[\\p{L}\\p{N} ]{1,16}[:：][ \\t]*(?=\\n\\s*(?:\\n|[-*+#]|\\z)|\\z)");

	private static final Set<String> INLINE_TAGS = Set.of("a", "abbr", "b", "code", "del", "em", "font", "i", "ins",
			"kbd", "mark", "s", "small", "span", "strong", "sub", "sup", "tt", "u");

	private static final Set<String> BLOCK_TAGS = Set.of("blockquote", "br", "center", "dd", "details", "div", "dl",
			"dt", "h1", "h2", "h3", "h4", "hr", "img", "input", "li", "ol", "p", "pre", "section", "summary", "table",
			"tbody", "td", "th", "thead", "tr", "ul");

	/** Put in where the address of a link stood. */
	private static final String LINK_TEXT_END = "]\uE000 ";

	private final Map<String, String> definitions = new HashMap<>();

	private final Set<String> links = new LinkedHashSet<>();

	private String text;

	private VisibleSource(String text) {
		this.text = text;
	}

	/**
	 * @param file as it is on disk
	 */
	static VisibleSource of(String file) {
		VisibleSource source = new VisibleSource(file.replace("\r\n", "\n").replace('\r', '\n').replace("\uFEFF", ""));
		source.dropWhatIsNotShown();
		source.flattenCode();
		source.readLinks();
		source.readHtml();
		source.text = Words.plain(Parser.unescapeEntities(source.text, false));
		return source;
	}

	Set<String> links() {
		return this.links;
	}

	Map<String, Integer> words() {
		return Words.count(this.text);
	}

	private void dropWhatIsNotShown() {
		Map<String, String> values = new HashMap<>();
		Matcher front = Pattern.compile("(?s)\\A---[ \\t]*\\n(.*?)\\n---[ \\t]*\\n").matcher(this.text);
		if (front.find()) {
			Matcher excerpt = Pattern.compile("(?ms)^excerpt: >\\n((?: +.*?\\n)+)").matcher(front.group(1) + "\n");
			values.put("page.excerpt", excerpt.find() ? excerpt.group(1).strip() : "");
			this.text = this.text.substring(front.end());
		}
		else {
			replace("(?s)\\A(?:[A-Z][a-z]+: .*?\\n)+\\n", (match) -> "");
		}
		replace("(?s)\\{% *comment *%\\}.*?\\{% *endcomment *%\\}", (match) -> "");
		replace("(?s)<!--.*?-->", (match) -> "");
		replace("(?si)<(script|style|iframe)\\b.*?</\\1>", (match) -> "");
		replace("(?s)\\{% *capture ([\\w-]+) *%\\}(.*?)\\{% *endcapture *%\\}", (match) -> {
			values.put(match.group(1), match.group(2));
			return "";
		});
		replace("\\{% *assign ([\\w-]+) *= *\"([^\"]*)\" *%\\}", (match) -> {
			values.put(match.group(1), match.group(2));
			return "";
		});
		replace("\\{\\{ *([\\w.-]+) *\\}\\}", (match) -> values.getOrDefault(match.group(1), ""));
		replace(EMPTY_LABEL, (match) -> "");
	}

	private void flattenCode() {
		replace(HIGHLIGHT, (match) -> flat(match.group(1)));
		replace("\\{%.*?%\\}", (match) -> "");
		replace(FENCE, (match) -> "\n" + flat(match.group(3)));
		replace(CODE, (match) -> flat(match.group(2)));
		replace("\\{:[^}\\n]*\\}", (match) -> "");
	}

	/** Nothing in it may be taken for a link or a tag. */
	private static String flat(String code) {
		return Words.plain(code).replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{So}]+", " ");
	}

	private void readLinks() {
		replace("(?m)^(\\s*(?:> ?)*)\\d{1,9}[.)] ", (match) -> match.group(1));
		replace("(?m)^(\\s*[-*+] +)\\[[ xX]\\] ", (match) -> match.group(1));
		replace("\\[\\^[^\\]]+\\]:?", (match) -> "");
		replace(DEFINITION, (match) -> {
			this.definitions.putIfAbsent(label(match.group(1)), match.group(2));
			return "";
		});
		replace(INLINE, (match) -> {
			int open = opening(match.start());
			if (open >= 0 && (open == 0 || this.text.charAt(open - 1) != '!')) {
				link(match.group(1));
			}
			return (open >= 0) ? LINK_TEXT_END : match.group();
		});
		replace(REFERENCE, (match) -> {
			String named = (match.group(2) == null || match.group(2).isBlank()) ? match.group(1) : match.group(2);
			String target = this.definitions.get(label(named));
			if (target == null && match.group(2) == null) {
				return match.group();
			}
			if (match.start() == 0 || this.text.charAt(match.start() - 1) != '!') {
				link((target != null) ? target : "");
			}
			return match.group(1);
		});
		replace("<([\\w.+-]+@[\\w.-]+)>", (match) -> match.group(1));
		replace("<((?:https?|mailto):[^\\s<>]+)>", (match) -> {
			link(match.group(1));
			return " ";
		});
	}

	private int opening(int close) {
		int depth = 0;
		for (int at = close; at >= 0; at--) {
			depth += (this.text.charAt(at) == ']') ? 1 : (this.text.charAt(at) == '[') ? -1 : 0;
			if (depth == 0) {
				return at;
			}
		}
		return -1;
	}

	private void readHtml() {
		replace(TAG, (match) -> {
			String name = match.group(1).toLowerCase(Locale.ROOT);
			String attributes = match.group(2);
			if (name.equals("a")) {
				link(attribute(attributes, "href"));
			}
			if (INLINE_TAGS.contains(name)) {
				return "";
			}
			return BLOCK_TAGS.contains(name) ? " " + attribute(attributes, "alt") + " " : match.group();
		});
		replace(BARE, (match) -> {
			if (!isInLinkText(match.end())) {
				link(trimmed(match.group()));
			}
			return " ";
		});
	}

	/** An address there is text; the link leads elsewhere. */
	private boolean isInLinkText(int at) {
		int close = this.text.indexOf(']', at);
		int open = this.text.indexOf('[', at);
		return close >= 0 && this.text.startsWith(LINK_TEXT_END, close) && (open < 0 || open > close);
	}

	private static String attribute(String attributes, String name) {
		Matcher value = Pattern.compile(name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))").matcher(attributes);
		List<String> found = new ArrayList<>();
		if (value.find()) {
			for (int group = 1; group <= 3; group++) {
				found.add((value.group(group) != null) ? value.group(group) : "");
			}
		}
		return String.join("", found);
	}

	private static String trimmed(String url) {
		String result = url;
		while (result.matches(".*[.,;:!?'\"*_~|\\]]") || (result.endsWith(")") && !result.contains("("))) {
			result = result.substring(0, result.length() - 1);
		}
		return result.startsWith("www.") ? "http://" + result : result;
	}

	private void link(String target) {
		String address = Parser.unescapeEntities(target.strip(), true).replaceAll("\\\\([_*()~])", "$1");
		if (!address.isEmpty() && !address.startsWith("#")) {
			this.links.add(address);
		}
	}

	private static String label(String text) {
		return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
	}

	private void replace(String pattern, Function<MatchResult, String> replacement) {
		replace(Pattern.compile(pattern), replacement);
	}

	private void replace(Pattern pattern, Function<MatchResult, String> replacement) {
		this.text = pattern.matcher(this.text)
			.replaceAll((match) -> Matcher.quoteReplacement(replacement.apply(match)));
	}

	/** Words and how often they stand in a text. */
	static final class Words {

		/** A Chinese or Japanese character or a sign is a word by itself. */
		private static final Pattern WORD = Pattern.compile(
				"[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{So}]|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]+");

		private Words() {
		}

		/** Without addresses, which are compared by themselves, and signs of emphasis. */
		static String plain(String text) {
			return BARE.matcher(text).replaceAll(" ").replaceAll("[*`~\\\\\u200b\u00ad]", "");
		}

		static Map<String, Integer> count(String text) {
			Map<String, Integer> counts = new HashMap<>();
			Matcher word = WORD.matcher(text);
			while (word.find()) {
				counts.merge(word.group().toLowerCase(Locale.ROOT), 1, Integer::sum);
			}
			return counts;
		}

		static int sum(Map<String, Integer> words) {
			return words.values().stream().mapToInt(Integer::intValue).sum();
		}

		/** Those of the first that the second lacks, as often as it does. */
		static Map<String, Integer> missing(Map<String, Integer> expected, Map<String, Integer> found) {
			Map<String, Integer> missing = new HashMap<>();
			expected.forEach((word, count) -> {
				int gap = count - found.getOrDefault(word, 0);
				if (gap > 0) {
					missing.put(word, gap);
				}
			});
			return missing;
		}

	}

}
