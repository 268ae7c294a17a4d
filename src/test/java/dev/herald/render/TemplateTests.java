package dev.herald.render;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.herald.issue.IssueReader;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import dev.herald.settings.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TemplateTests {

	@TempDir
	private Path home;

	private CompiledIssue compile(String language) {
		return SampleMails.compiler(new OperatorFiles(this.home))
			.compile(IssueReader.read("a.md", "Text".getBytes(StandardCharsets.UTF_8)),
					SampleMails.newsletter(language, null));
	}

	private void write(String name, byte[] content) throws IOException {
		Path file = this.home.resolve("templates").resolve(name);
		Files.createDirectories(file.resolveSibling("x").getParent());
		Files.write(file, content);
	}

	private void write(String name, String content) throws IOException {
		write(name, content.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@CsvSource({ "a.md, https://news.example.org/archive/weekly/a",
			"第 1 期 😀x.md, https://news.example.org/archive/weekly/%E7%AC%AC-1-%E6%9C%9F-x" })
	void anIssueKnowsItsPageInTheArchive(String file, String address) throws IOException {
		write("issue/text.ftl", "${issue.online} ${unsubscribe}");
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(this.home))
			.compile(IssueReader.read(file, "Text".getBytes(StandardCharsets.UTF_8)),
					SampleMails.newsletter("en", null));
		assertThat(issue.text(SampleMails.ANN)).startsWith(address + " ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '%', value = { "%a\nb ${nothing}%~line 2, column 5",
			"%a\n<#if x>%~line 2", "%a\n\n  ${issue.title%~line 3", "%<#assign x = 1>\n${x.y.z}%~line 2, column",
			"%${\"freemarker.template.utility.Execute\"?new()(\"id\")}%~line 1, column",
			"%${issue?api.class}%~line 1, column", "%${issue.getClass()}%~line 1, column",
			"%<#include \"nothing.ftl\">%~line 1, column", "%<#macro a><@a/></#macro><@a/>%~calls itself without end",
			"%<#list 1..100000000 as x>xxxxxxxxxx</#list>%~writes more than",
			"%<#include \"../../../../etc/passwd\">%~line 1" })
	@Timeout(60)
	void aFaultyTemplateIsNamedWithLineAndColumnBeforeAnythingIsSent(String template, String where) throws IOException {
		write("issue/html.ftlh", template);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en"))
			.withMessageStartingWith("templates/issue/html.ftlh")
			.withMessageContaining(where)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.WORK))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("\n"));
	}

	@Test
	void cssThatNobodyCanReadIsNamedWithItsLine() throws IOException {
		write("issue/style.css", "a { color: red; }\n\n.x-${dir} { colour red; }\n");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en"))
			.withMessageStartingWith(
					"templates/issue/style.css, line 3: the CSS “.x-ltr { colour red; }” can't be read. Error in declaration.");
		write("issue/style.css", "a { color: red; }");
		write("issue/footer.ftlh", "<p>\n<a style=\"color red\" href=\"${unsubscribe}\">x</a></p>");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en"))
			.withMessageStartingWith("templates/issue/html.ftlh: the CSS “color red” can't be read.");
	}

	@Test
	void cssThatIsFaultyForSomeRecipientsOnlyIsFoundBeforeASend() throws IOException {
		write("issue/style.css", "<#if !recipient.name?has_content>a { color red }</#if>");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en")).withMessageContaining("can't be read");
	}

	@Test
	void theMoreParticularRuleWinsWhereverItStands() throws IOException {
		write("issue/html.ftlh",
				"""
						<style>.a p { color: red; margin: 1px } p { color: blue; margin-top: 2px } p { margin: 3px !important }</style>
						<div class="a"><p>x<p style="color: green">y</div><a href="${unsubscribe}">u</a>""");
		assertThat(compile("en").html(SampleMails.ANN)).contains("<p style=\"color:red;margin:3px!important\">x",
				"<p style=\"color:green;margin:3px!important\">y");
	}

	@Test
	void anIncludedTemplateIsNamedItself() throws IOException {
		write("issue/text.ftl", "<#include \"part.ftl\">${unsubscribe}");
		write("issue/part.ftl", "\n${nothing}");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en"))
			.withMessageStartingWith("templates/issue/part.ftl, line 2, column 3");
	}

	@Test
	void aTemplateWithoutUnsubscribeLinkIsRefused() throws IOException {
		write("issue/html.ftlh", "${issue.body}");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en"))
			.withMessage(
					"templates/issue/html.ftlh shows no way to unsubscribe. Put ${unsubscribe} into it or what it includes, outside of any condition.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#if recipient.name?has_content>${unsubscribe}</#if>",
			"<#list recipient.name?split(' ') as word><#if word?has_content>${unsubscribe}</#if></#list>",
			"${recipient.name?has_content?then(unsubscribe, '')}" })
	void aTemplateThatHidesTheLinkFromSomeIsRefused(String template) throws IOException {
		write("issue/html.ftlh", template);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en"))
			.withMessage(
					"templates/issue/html.ftlh shows no way to unsubscribe to a recipient without a name. Put ${unsubscribe} into it or what it includes, outside of any condition.");
	}

	@Test
	void aLinkHiddenFromOneReaderIsShownAllTheSame() throws IOException {
		write("issue/html.ftlh", "<p>Hi<#if recipient.name != 'Bob'> ${unsubscribe}</#if></p>");
		write("issue/text.ftl", "Hi<#if recipient.name != 'Bob'> ${unsubscribe}</#if>");
		CompiledIssue issue = compile("en");
		Recipient bob = SampleMails.recipient(3, "bob@example.org", "Bob");
		assertThat(issue.html(bob)).endsWith(
				"<p>Hi</p><p><a href=\"https://news.example.org/u/7-3?a=1&amp;b=2\">Unsubscribe</a></p></body></html>");
		assertThat(issue.text(bob)).isEqualTo("Hi\n\nUnsubscribe: https://news.example.org/u/7-3?a=1&b=2\n");
		assertThat(issue.text(SampleMails.BO)).isEqualTo("Hi https://news.example.org/u/7-12?a=1&b=2\n");
	}

	@Test
	void aConditionThatFailsForSomeRecipientsIsFoundBeforeTheSend() throws IOException {
		write("issue/text.ftl", "${unsubscribe}\n${recipient.name?split(' ')[1]}");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en"))
			.withMessageStartingWith("templates/issue/text.ftl, line 2, column");
	}

	@Test
	void aTemplateEditedInMidSendCountsForTheNextOne() throws IOException {
		write("issue/text.ftl", "<#if recipient.name == 'Bob'><#include \"bob.ftl\"></#if>1 ${unsubscribe}");
		write("issue/bob.ftl", "Bob 1 ");
		CompiledIssue issue = compile("en");
		write("issue/text.ftl", "2 ${unsubscribe}");
		write("issue/bob.ftl", "Bob 2 ");
		assertThat(issue.text(SampleMails.recipient(3, "bob@example.org", "Bob"))).startsWith("Bob 1 1 https://");
		assertThat(compile("en").text(SampleMails.ANN)).startsWith("2 ");
	}

	@Test
	void theFingerprintNamesAllThatGoesOutAndNothingElse() throws IOException {
		CompiledIssue issue = compile("en");
		String fingerprint = issue.fingerprint();
		issue.message(SampleMails.ANN);
		assertThat(fingerprint).matches("[0-9a-f]{64}").isEqualTo(compile("en").fingerprint());
		assertThat(compile("de").fingerprint()).isNotEqualTo(fingerprint);
		write("words/en.properties", "unsubscribe=Leave\nwhy={address} {newsletter}\n");
		String otherWords = compile("en").fingerprint();
		assertThat(otherWords).isNotEqualTo(fingerprint);
		write("issue/text.ftl", "${unsubscribe}<#if recipient.name == 'Bob'>1</#if>");
		String otherTemplate = compile("en").fingerprint();
		assertThat(otherTemplate).isNotEqualTo(otherWords);
		write("issue/text.ftl", "${unsubscribe}<#if recipient.name == 'Bob'>2</#if>");
		assertThat(compile("en").fingerprint()).as("a branch no sample takes").isNotEqualTo(otherTemplate);
	}

	@Test
	void aTemplateThatIsNotUtf8IsRefused() throws IOException {
		write("issue/html.ftlh", new byte[] { 'a', (byte) 0xFF });
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("en"))
			.withMessageContaining("templates/issue/html.ftlh: it is not UTF-8");
	}

	@Test
	void anEditedTemplateCountsForTheNextIssueAndEscapesForHtml() throws IOException {
		write("issue/html.ftlh", "<p>${recipient.name}</p><a href='${unsubscribe}'>x</a>");
		assertThat(compile("en").html(SampleMails.ANN)).contains("<p>Ann O'Neill &amp; Co &lt;x&gt;</p>");
		write("issue/html.ftlh", "<p>2</p>${unsubscribe}");
		assertThat(compile("en").html(SampleMails.ANN)).contains("<p>2</p>");
	}

	@Test
	void theFooterSpeaksTheNewslettersLanguageOrEnglish() throws IOException {
		assertThat(compile("zh-CN").text(SampleMails.ANN)).contains("退订: https://");
		assertThat(compile("fr").text(SampleMails.ANN)).contains("Unsubscribe: https://");
		write("words/fr.properties", "unsubscribe=Se désabonner\n");
		assertThat(compile("fr").text(SampleMails.ANN)).contains("Se désabonner: https://", "You get this mail");
		write("words/fr.properties", new byte[] { 'a', '=', (byte) 0xE9 });
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> compile("fr"))
			.withMessageContaining("Save it as UTF-8");
	}

	@Test
	void aRenderedIssueIsWrittenToAFolderThatIsMade() throws IOException {
		Path folder = this.home.resolve("out/here");
		CompiledIssue issue = compile("en");
		RenderedFiles.write(issue, Samples.recipient(), folder);
		RenderedFiles.write(issue, Samples.recipient(), folder);
		try (Stream<Path> files = Files.list(folder)) {
			assertThat(files.map((file) -> file.getFileName().toString())).containsExactlyInAnyOrder("issue.html",
					"issue.txt", "issue.eml");
		}
		assertThat(folder.resolve("issue.txt")).content().isEqualTo(issue.text(Samples.recipient()));
		Path file = Files.writeString(this.home.resolve("file"), "x");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> RenderedFiles.write(issue, Samples.recipient(), file))
			.withMessageContaining("can't be written to");
	}

	@Test
	void sampleLinksAreVisiblySamples() {
		assertThat(Samples
			.links(new Installation(this.home, URI.create("https://n.example/x/"), false, "bounce@n.example"))
			.unsubscribe(Samples.recipient().delivery())).hasToString("https://n.example/x/u/SAMPLE");
	}

}
