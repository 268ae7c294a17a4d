package dev.herald.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.settings.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Newsletters written by other people, kept beside the project, not in it. */
class RealIssuesTests {

	private static final Path ISSUES = Path.of("../shared/data/issues");

	@TempDir
	private Path folder;

	static List<Path> issues() throws IOException {
		assumeTrue(Files.isDirectory(ISSUES), () -> "There are no real issues here: " + ISSUES + " is absent");
		try (Stream<Path> files = Files.walk(ISSUES)) {
			return files.filter((file) -> file.toString().matches(".*\\.(md|markdown)"))
				.filter((file) -> !file.endsWith("NOTICE.md"))
				.sorted()
				.toList();
		}
	}

	@Test
	void everyOneReadsAndRenders() throws IOException {
		IssueCompiler compiler = SampleMails.compiler(new OperatorFiles(Path.of("")));
		List<String> dirty = new ArrayList<>();
		List<Path> issues = issues();
		for (Path file : issues) {
			IssueSource source = IssueReader.read(file.toString(), Files.readAllBytes(file));
			Newsletter newsletter = SampleMails.newsletter(source.metadata().getOrDefault("lang", "zh-CN"),
					"https://example.org/issues/");
			CompiledIssue issue = compiler.compile(source, newsletter);
			assertThat(issue.subject()).isNotBlank();
			RenderedFiles.write(issue, SampleMails.ANN, this.folder.resolve(file.getFileName()));
			if (!MessageTests.isClean(issue.message(SampleMails.ANN).content())) {
				dirty.add(file.toString());
			}
		}
		assertThat(dirty).isEmpty();
		assertThat(issues).hasSizeGreaterThan(50);
		System.out.println("Read and rendered " + issues.size() + " real issues");
	}

	@Test
	void theSeedIsAMailOneWouldLikeToReceive() throws IOException {
		Path file = issues().stream().filter((path) -> path.endsWith("seed/2017-11-14.md")).findFirst().orElseThrow();
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(Path.of("")))
			.compile(IssueReader.read(file.toString(), Files.readAllBytes(file)),
					SampleMails.newsletter("zh-CN", null));
		assertThat(issue.subject()).isEqualTo("嵌入式AI 双周简报 (2017-11-14)");
		assertThat(issue.html(SampleMails.ANN)).containsOnlyOnce("<h1").doesNotContain("简评：<");
		assertThat(issue.text(SampleMails.ANN)).contains("业界新闻\n--------\n")
			.doesNotContain("简评：\n")
			.contains("\n[1] https://mp.weixin.qq.com/s?timestamp=1511612669&");
		Columns columns = new Columns(Locale.CHINA);
		assertThat(issue.text(SampleMails.ANN)
			.lines()
			.filter((line) -> !line.contains("://"))
			.mapToInt((line) -> columns.width(line.stripTrailing()))
			.max()
			.orElse(0)).isLessThanOrEqualTo(72);
	}

}
