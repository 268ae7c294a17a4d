package dev.herald.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/templates.md shows as an example works as it stands there. */
class DocumentedLookTests extends CommandTest {

	/** A fenced block, and what is said just before it. */
	private static final Pattern BLOCK = Pattern.compile("([^\n]+(?:\n[^\n]+)*)\n\n```(\\w+)\n(.*?)```",
			Pattern.DOTALL);

	private static final Pattern FILE = Pattern.compile("`(templates/[^`]+)`");

	private static final Pattern WORD = Pattern.compile("'([^']*)'|[^\\s\\\\]+");

	@Test
	void theExampleOfTheDocumentation() throws IOException {
		List<String> files = follow(Files.readString(Path.of("docs/templates.md")));
		assertThat(files).containsExactly("templates/words/en.properties", "templates/issue/footer.ftlh",
				"templates/issue/style.css");
		Path issue = write("2026-11-24.md", "# What the week brought\n\nText\n\n## News\n\nMore\n");
		Result rendered = run("issue", "render", issue.toString(), "--newsletter", "weekly", "--out",
				folder().resolve("out").toString(), "--herald.home=" + folder());
		assertThat(rendered).extracting(Result::exitCode, Result::err).containsExactly(0, "");
		Document page = Jsoup.parse(Files.readString(folder().resolve("out/issue.html")));
		assertThat(page.expectFirst(".text").attr("style")).contains("'Iowan Old Style'", "color:#1f1d1a");
		assertThat(page.expectFirst("img").attr("src")).isEqualTo("https://example.org/logo.png");
		assertThat(page.expectFirst("h1").attr("style")).endsWith("font-size:32px;font-weight:400");
		assertThat(page.expectFirst(".content h2").attr("style")).contains("font-size:20px");
		assertThat(page.expectFirst(".footer").text()).isEqualTo("Written by hand, sent on Tuesdays. "
				+ "Sample Reader, you can leave when you like: Unsubscribe. This issue is on the web too. "
				+ "You asked for The weekly with the address sample.reader@example.org. Thank you for reading. 1 Main St");
		Result checked = run("issue", "check", issue.toString(), "--newsletter", "weekly", "--herald.home=" + folder());
		assertThat(checked.out()).doesNotContain("contrast", "no way to unsubscribe", "postal address");
		assertThat(checked.exitCode()).isZero();
	}

	/** Does what the section says, and gives the files that it wrote. */
	private List<String> follow(String page) throws IOException {
		newsletter("weekly");
		run("newsletter", "set", "weekly", "--postal-address", "1 Main St");
		List<String> files = new ArrayList<>();
		Matcher block = BLOCK.matcher(page.substring(page.indexOf("## An example")));
		while (block.find()) {
			Matcher named = FILE.matcher(block.group(1));
			if (block.group(2).equals("sh")) {
				assertThat(run(words(block.group(3)))).isEqualTo(new Result(0, "Changed newsletter weekly.\n", ""));
			}
			else if (named.find()) {
				files.add(named.group(1));
				put(named.group(1), block.group(3));
				while (named.find()) {
					put(named.group(1), Files.readString(Path.of("templates/issue/style.css")));
				}
			}
		}
		return files;
	}

	private void put(String name, String content) throws IOException {
		Path file = folder().resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	private static String[] words(String command) {
		return WORD.matcher(command)
			.results()
			.map((word) -> (word.group(1) != null) ? word.group(1) : word.group())
			.skip(1)
			.toArray(String[]::new);
	}

}
