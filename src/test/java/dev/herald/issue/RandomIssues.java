package dev.herald.issue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Issues that no editor would write: pieces that have broken readers of Markdown, YAML,
 * TOML and HTML, in random order, and real issues with random damage. The same seed gives
 * the same issue on every machine that has the same real ones.
 */
public final class RandomIssues {

	private static final Path REAL = Path.of("../shared/data/issues");

	/** In characters of a real issue: its front matter and some text. */
	private static final int TAKEN = 3000;

	private static final List<String> KEYS = List.of("title", "description", "slug", "preheader", "Title", "date",
			"lang", "tags", "\"title\"", "'date'", "a.b", "a.b.c", "? x", "<<", "__proto__", "!!str x", "标题", "مرحبا",
			"on", "null", "~", "1", "", " ", "\u0000", "permalink", "excerpt", "[table]", "[[array]]", "[a.b", "#");

	private static final List<String> VALUES = List.of("x", "\"x\"", "'x", "\"x", "\"a\\nb\"",
			"\"\\u000d\\u000aBcc: x\"", "\"\\x00\"", "\"\\ud800\"", "\"\\U0001F600\"", "'''", "\"\"\"", "|", ">-",
			"|2-\n   x\n  y", ">\n a\n\n b", "[", "]", "{", "}", "[a, b]", "{a: b}", "[[[[[[[[[[[[[[[[[[[[[[[[[x",
			"{a: {a: {a: {a: {a: ", "&a [*a]", "&a x", "*a", "*b", "!!binary x", "!!java.net.URL [http://127.0.0.1/]",
			"!!javax.script.ScriptEngineManager []", "!<x> y", "2026-11-24", "2026-02-30", "2026-11-24T25:61:61Z",
			"1979-05-27T07:32:00-08:00", "99999-99-99", "24 Nov 2026", "0x10", "0o17", "1e400", "-.inf", ".nan", "nan",
			"1_000", "2026年11月24日", "true", "no", "~", "null", "# x", "x # y", "x: y", ": ", "- ", "-", "---", "...",
			"+++", "= x", "{{ page.title }}", "{% x %}", "<script>alert(1)</script>",
			"'\"><img src=x onerror=alert(1)>'", "'</title><script>x</script>'", "javascript:alert(1)", "\" onload=x ",
			"😀😀😀", "\u202Ex", "\u2028x", "\u0085x", "\tx", "x\ty", "%YAML 9.9", "%TAG ! tag:x,2026:", "\uFEFF",
			"\u0007", "x".repeat(400), "中".repeat(400), "é ".repeat(200));

	private static final List<String> BETWEEN = List.of(": ", ": ", ": ", " = ", " = ", "=", ":", " :", "\n  ", "");

	private static final List<String> FENCES = List.of("---\n", "---\n", "+++\n", "+++\n", "", "--- \n", "---\r\n");

	private static final List<String> PIECES = List.of("<script>", "</script>", "alert(1)", "<img src=x onerror=",
			"<svg/onload=", "<a href=", "\"javascript:alert(1)\"", "'vbscript:x'", "data:text/html,<script>",
			"jAvA&#x0A;scRipt&colon;", "java\tscript:", "[a](", "![a](", ")", "[a]: ", "[a]", "[a][b]", "<", ">", "\"",
			"'", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<style>", "</style>", "<math>", "<mtext>", "<noscript>",
			"<p title=\"</p><script>\">", "<table>", "<td>", "</table>", "<form action=javascript:x>",
			"<iframe srcdoc=\"<script>\">", "<details open ontoggle=x>",
			"<font color=\"red\" style=\"x:expression(y)\">", "{% capture x %}", "{% endcapture %}", "{{ x }}", "{{x}}",
			"{% highlight a %}", "{% endhighlight %}", "{% assign x = \"<script>\" %}",
			"{% assign x = \"javascript:\" %}", "{% raw %}", "{% endraw %}",
			"{: onclick=\"alert(1)\" href=\"javascript:x\"}", "{: title=\"\\\" onx=1\" .center}", "\n", "\n", "\n\n",
			" ", "    ", "\t", "- ", "1. ", "> ", "# ", "```\n", "`", "| a | b |\n|---|---|\n| ", "[^1]", "[^1]: ",
			"- [x] ", "**", "_", "~~", "<br>", "&lt;script&gt;", "&#60;script&#62;", "http://a.example/",
			"https://例え.example/，", "www.a.example", "a@b.example", "<https://a.example/>", "<javascript:alert(1)>",
			"<data:text/html,x>", "中文，", "שלום", "مرحبا", "😀", "\u202E", "\u0000", "\uD800", "\\", "\r", "\r\n", "简评：",
			"${x}", "<#if x>", "' onmouseover='x", "<a id=fn-1 class=\"item\" target=_top href=//a.example>", "</a>",
			"</div>", "<base href=x>");

	private static final List<String> REAL_ISSUES = realIssues();

	private RandomIssues() {
	}

	private static List<String> realIssues() {
		if (!Files.isDirectory(REAL)) {
			return List.of();
		}
		List<String> issues = new ArrayList<>();
		try (Stream<Path> files = Files.walk(REAL)) {
			for (Path file : files.filter((path) -> path.toString().matches(".*\\.(md|markdown)")).sorted().toList()) {
				issues.add(Files.readString(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return issues;
	}

	/** As a file has it: nearly always UTF-8. */
	public static byte[] of(Random random) {
		String issue = switch (random.nextInt(4)) {
			case 0 -> pieces(random);
			case 1 -> damaged(REAL_ISSUES.isEmpty() ? frontMatter(random) + pieces(random) : real(random), random);
			default -> frontMatter(random) + pieces(random);
		};
		byte[] octets = issue.getBytes(StandardCharsets.UTF_8);
		if (octets.length > 0 && random.nextInt(50) == 0) {
			octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
		}
		return octets;
	}

	private static String pieces(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = 1 + random.nextInt(40); i > 0; i--) {
			text.append(one(PIECES, random));
		}
		return text.toString();
	}

	/** In one of the three notations, more or less. */
	private static String frontMatter(Random random) {
		String fence = one(FENCES, random);
		StringBuilder front = new StringBuilder(fence);
		for (int i = random.nextInt(5); i > 0; i--) {
			boolean plain = random.nextInt(3) > 0;
			front.append(plain ? "" : " ".repeat(random.nextInt(8) / 5))
				.append(plain ? KEYS.get(i - 1) : one(KEYS, random))
				.append(plain ? (fence.startsWith("+") ? " = " : ": ") : one(BETWEEN, random))
				.append(one(VALUES, random))
				.append((random.nextInt(9) == 0) ? "" : "\n");
		}
		return front.append((random.nextInt(9) == 0) ? "" : "\n" + fence).toString();
	}

	private static String one(List<String> choices, Random random) {
		return choices.get(random.nextInt(choices.size()));
	}

	/** From the beginning, or from somewhere. */
	private static String real(Random random) {
		String issue = one(REAL_ISSUES, random);
		int from = random.nextBoolean() ? 0 : random.nextInt(issue.length());
		return issue.substring(from, Math.min(issue.length(), from + TAKEN));
	}

	/** Characters lost, doubled, moved and put in. */
	private static String damaged(String issue, Random random) {
		StringBuilder text = new StringBuilder(issue);
		for (int i = 1 + random.nextInt(12); i > 0 && text.length() > 0; i--) {
			int at = random.nextInt(text.length());
			int end = Math.min(text.length(), at + 1 + random.nextInt(60));
			switch (random.nextInt(5)) {
				case 0 -> text.delete(at, end);
				case 1 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(20)));
				case 2 -> text.insert(random.nextInt(at + 1), text.substring(at, end));
				case 3 -> text.insert(at, one(PIECES, random));
				default -> text.insert(random.nextInt(Math.min(text.length(), 200)), one(VALUES, random));
			}
		}
		return text.toString();
	}

}
