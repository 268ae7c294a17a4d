package dev.herald.render;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.IntStream;

import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Font;
import dev.herald.newsletter.Logo;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Theme;
import dev.herald.settings.OperatorFiles;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every mail equals, octet by octet, one that is rendered for its recipient alone. */
class SplicedMailTests {

	private static final Path SHIPPED = Path.of("");

	private static final String MARKDOWN = "# Grüße = title\n\nText with a trailing space \nand = é, `x`.\n\n- [a](https://e.org/?a=1&b=2)\n";

	@TempDir
	private Path home;

	private static void assertSame(CompiledIssue issue, FullRendering full, Recipient recipient) {
		try {
			OutgoingMessage message = issue.message(recipient);
			assertThat(issue.text(recipient)).isEqualTo(full.text(recipient));
			assertThat(issue.html(recipient)).isEqualTo(full.html(recipient));
			assertThat(latin(message.content())).isEqualTo(latin(full.message(recipient)));
			assertParsesBack(message, issue, recipient);
		}
		catch (IOException | MessagingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String latin(byte[] content) {
		return new String(content, StandardCharsets.ISO_8859_1);
	}

	private static void assertParsesBack(OutgoingMessage outgoing, CompiledIssue issue, Recipient recipient)
			throws MessagingException, IOException {
		byte[] content = outgoing.content();
		Properties properties = new Properties();
		properties.setProperty("mail.mime.allowutf8", "true");
		MimeMessage message = new MimeMessage(Session.getInstance(properties), new ByteArrayInputStream(content));
		InternetAddress to = (InternetAddress) message.getAllRecipients()[0];
		String name = MailHeaders.oneLine(recipient.subscriber().name());
		assertThat(to.getAddress()).isEqualTo(recipient.subscriber().address().value());
		assertThat((to.getPersonal() != null) ? to.getPersonal() : "").isEqualTo(name);
		MimeMultipart parts = (MimeMultipart) message.getContent();
		assertThat((String) parts.getBodyPart(0).getContent()).isEqualTo(canonical(issue.text(recipient)));
		assertThat((String) parts.getBodyPart(1).getContent()).isEqualTo(canonical(issue.html(recipient)));
		assertThat(latin(content).substring(0, outgoing.bodyOffset())).endsWith("\r\n\r\n")
			.containsOnlyOnce("\r\n\r\n");
		assertThat(latin(content).substring(outgoing.bodyOffset()).lines()).allMatch((line) -> line.length() <= 76);
	}

	private static String canonical(String text) {
		String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
		return new String(lines.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

	private static void assertPrefixIsShared(CompiledIssue issue, List<Recipient> recipients) {
		int length = issue.sharedBodyPrefix();
		List<String> prefixes = recipients.stream().map(issue::message).map((message) -> {
			String content = latin(message.content());
			return content.substring(message.bodyOffset(), message.bodyOffset() + length);
		}).distinct().toList();
		assertThat(prefixes).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "zh-CN", "he" })
	void theShippedTemplates(String language) throws IOException {
		Newsletter newsletter = SampleMails.newsletter(language, "https://example.org/");
		IssueSource source = source(MARKDOWN);
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(SHIPPED)).compile(source, newsletter);
		FullRendering full = new FullRendering(SHIPPED, source, newsletter);
		SampleMails.nasty().forEach((recipient) -> assertSame(issue, full, recipient));
		assertPrefixIsShared(issue, SampleMails.nasty());
		assertThat(issue.sharedBodyPrefix()).isGreaterThan(200);
	}

	/** The contents are of the issue, not of its recipient. */
	@Test
	void theShippedPageWithEveryPiece() throws IOException {
		Newsletter plain = SampleMails.newsletter("zh-CN", "https://example.org/");
		Theme theme = new Theme(Theme.DEFAULT.light(), Theme.DEFAULT.dark(), Font.of("Avenir Next, serif"),
				Logo.of("https://example.org/l.png?a=1&b=2", "120x40"), 640, true);
		Newsletter newsletter = new Newsletter(1, "weekly", "Weekly's & Co", plain.sender(), null, plain.language(),
				plain.baseUrl(), "1 Main St\nSpringfield", theme, false, false);
		IssueSource source = source(MARKDOWN + "\n## One & two\n\na\n\n## 三\n\nb\n");
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(SHIPPED)).compile(source, newsletter);
		FullRendering full = new FullRendering(SHIPPED, source, newsletter);
		SampleMails.nasty().forEach((recipient) -> assertSame(issue, full, recipient));
		assertThat(issue.html(SampleMails.ANN)).contains("href=\"#section-2\"", "l.png?a=1&amp;b=2", "本期内容");
	}

	@Test
	void everyRealIssue() throws IOException {
		List<Recipient> recipients = List.of(SampleMails.ANN, SampleMails.BO, SampleMails.nasty().get(8));
		for (Path file : RealIssuesTests.issues()) {
			IssueSource source = IssueReader.read(file.toString(), Files.readAllBytes(file));
			Newsletter newsletter = SampleMails.newsletter(source.metadata().getOrDefault("lang", "zh-CN"),
					"https://example.org/issues/");
			CompiledIssue issue = SampleMails.compiler(new OperatorFiles(SHIPPED)).compile(source, newsletter);
			FullRendering full = new FullRendering(SHIPPED, source, newsletter);
			recipients.forEach((recipient) -> assertSame(issue, full, recipient));
			assertPrefixIsShared(issue, recipients);
		}
	}

	private static IssueSource source(String markdown) {
		return IssueReader.read("a.md", markdown.getBytes(StandardCharsets.UTF_8));
	}

	private void write(String name, String content) throws IOException {
		Path file = this.home.resolve("templates").resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

	/** Each twice, since the second mail of a form is the first that is spliced. */
	private void assertAllSame(String html, String text, String markdown) throws IOException {
		write("issue/html.ftlh", html);
		write("issue/text.ftl", text);
		write("words/en.properties", "why={address} of {newsletter}'s \u00e4\nunsubscribe=Leave & go\n");
		IssueSource source = source(markdown);
		Newsletter newsletter = SampleMails.newsletter("en", null);
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(this.home)).compile(source, newsletter);
		FullRendering full = new FullRendering(this.home, source, newsletter);
		for (int round = 0; round < 2; round++) {
			SampleMails.nasty().forEach((recipient) -> assertSame(issue, full, recipient));
		}
		assertPrefixIsShared(issue, SampleMails.nasty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "<#if recipient.name?has_content>Dear ${recipient.name},<#else>Hello,</#if>",
			"${recipient.name?upper_case}! ${recipient.name?length}", "Hi ${recipient.name?split(\" \")?first}.",
			"<#assign first = recipient.name?split(' ')[0]>Hi ${first} and ${first?cap_first}",
			"<#assign who>Dear ${recipient.name}</#assign>${who} <#if who?has_content>y</#if>",
			"<#macro hi name><b>${name}</b> <#nested></#macro><@hi name=recipient.name>${recipient.address}</@hi>",
			"<#list recipient.name?split(' ') as part>${part?index}:${part}<#sep>, </#sep></#list>",
			"<#include \"part.ftl\">${\"Dear ${recipient.name}\"} ${'a}b' + recipient.name}",
			"<#switch recipient.address?keep_after('@')><#case 'example.org'>org<#break><#default>other</#switch>",
			"<#if recipient.name == \"\">nobody</#if>${(recipient.name?length > 3)?then(recipient.name, 'short')}",
			"${words.why} ${wrap(words.why)} ${underline(recipient.name)} ${wrap(recipient.name + ' ' + words.why)}",
			"<#compress>  ${recipient.name}   x  ${unsubscribe} </#compress>",
			"<#attempt>${recipient.name?split(' ')[3]}<#recover>none</#attempt>",
			"<#function f x><#return x + '!'></#function>${f(recipient.name)} ${f(recipient.name)?upper_case}",
			"${[recipient.name, recipient.address]?join(', ')} <#noparse>${recipient.name?x}</#noparse>",
			"<#-- ${recipient.name?no \" --> \\${recipient.name} ${{'a': recipient.name}.a} ${r'${x}' + recipient.name[0..*1]}",
			"<#macro greet who>Dear ${who}, <#nested></#macro><@greet recipient.name>at ${recipient.address}</@greet>",
			"<#macro each><#list 1..2 as i><#nested i, recipient.name></#list></#macro><@each ; i, n>${i}${n}<#if n?has_content>!</#if></@each>",
			"<#import \"lib.ftl\" as lib><@lib.frame recipient.name>${recipient.name}</@lib.frame>${lib.shout(recipient.name)}",
			"<#import \"lib.ftl\" as lib><@lib.frame recipient.name; inner>${inner?upper_case}<#include \"part.ftl\"></@lib.frame>",
			"<#macro quiet><#local x><#nested></#local>[${x}]</#macro><@quiet>${recipient.name}</@quiet>",
			"${recipient?values?size} <#list recipient?values as v>${v};</#list>",
			"<#assign x = recipient.name + 'y'>${x?has_content?c} ${x?length} ${x}",
			"${recipient.name?matches('.*')?c} ${recipient.name?url} ${recipient.nick!recipient.name} ${recipient.nick!}" })
	void templatesThatLookAtTheirRecipient(String logic) throws IOException {
		write("issue/part.ftl", "Part ${recipient.name}: ");
		write("issue/lib.ftl", """
				<#macro frame who>
				[<#if who?has_content>${who}<#else>nobody</#if>: <#nested who + "?">]
				</#macro>
				<#function shout who><#return who + "!"></#function>
				""");
		assertAllSame(
				"<html><head><title>${recipient.name}</title><style>p { margin: 0 } [title=x] { color: red }</style></head><body><p>"
						+ logic
						+ "</p>${issue.body}<p><a href='${unsubscribe}'>${words.unsubscribe}</a></p></body></html>",
				logic + "\n\n${issue.body}\n${unsubscribe}", MARKDOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<p title=\"${recipient.name}\">x</p>", "<p class=\"${recipient.name}\">x</p>",
			"<p title=${recipient.name}>x</p>", "<${recipient.name}>", "<p ${recipient.name}>x</p>",
			"<!-- ${recipient.name} --><!--[if mso]>${unsubscribe}<![endif]-->",
			"<style>.x { content: '${recipient.name}' }</style>", "<script>'${recipient.name}'</script>",
			"<table>${recipient.name}<tr><td>${recipient.name}</td></tr></table>",
			"&${recipient.name}; &#${recipient.name}", "<pre>${recipient.name}</pre><b><p></b>${recipient.name}",
			"${recipient.name?no_esc} ${recipient.name?esc}", "<#noautoesc>${recipient.name}</#noautoesc>",
			"<#outputformat 'XML'>${recipient.name}</#outputformat>",
			"<#assign x = recipient.name?esc>${x} ${x?markup_string?length}", "<#include \"raw.ftl\">",
			"<textarea>\n${recipient.name}</textarea><a href=\"?a=1&b=${recipient.name}\">x</a>",
			"${recipient.name}<body>x</body>",
			"<#assign t = '<#if recipient.name?has_content>y</#if>'?interpret><@t/>" })
	void valuesWhereTheyMeanMoreThanText(String html) throws IOException {
		write("issue/raw.ftl", "<i>${recipient.name}</i>");
		assertAllSame(html + "<p>${unsubscribe}</p>${issue.body}", "${unsubscribe}", MARKDOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "${recipient.name}\n\n${unsubscribe}\n${recipient.name}",
			"${recipient.name} \r${recipient.name}\r\n${unsubscribe} ",
			"\r${recipient.name}${'\\n' + recipient.name + '\\r'}\n${unsubscribe}",
			"${recipient.name?substring(0, (recipient.name?length > 0)?then(1, 0))}${recipient.name?keep_after(' ')}\n${unsubscribe}",
			"${unsubscribe} ${recipient.name}  \n${recipient.name}=${recipient.name}" })
	void edgesOfThePlainText(String text) throws IOException {
		assertAllSame("<p>${unsubscribe}</p>", text, MARKDOWN);
	}

	@Test
	void bothEncodingsGoOnInTheMiddleOfALine() throws IOException {
		for (String filler : List.of("x", "é ", "中文", "a b\n\n", "=\n")) {
			for (int length = 1; length < 60; length += 13) {
				assertAllSame("<p>${recipient.name}${issue.body}${unsubscribe} ${recipient.name}</p>",
						"x".repeat(length) + " ${recipient.name}${issue.body} ${unsubscribe} ${recipient.name}",
						"x" + filler.repeat(length));
			}
		}
	}

	/** Of the shipped page with a greeting: nobody's mail needs a full rendering. */
	@Test
	void aGreetingMakesTwoFormsForAllNames() throws IOException {
		String page = Files.readString(Path.of("templates/issue/html.ftlh"));
		write("issue/html.ftlh", page.replace("<div class=\"content\">",
				"<#if recipient.name?has_content><p>Dear ${recipient.name?split(' ')?first},</p></#if><div class=\"content\">"));
		Newsletter newsletter = SampleMails.newsletter("en", null);
		OperatorFiles files = new OperatorFiles(this.home);
		PartTemplate template = new PartTemplate(new MailTemplates(files), new HtmlFormat(),
				new IssueModel(source(MARKDOWN), newsletter, "", "", Words.of(files, newsletter.language(), "Weekly")),
				"<p>body</p>", "0123456789abcdef01234567");
		Set<String> forms = new HashSet<>();
		for (Recipient recipient : SampleMails.nasty()) {
			RecipientValues values = new RecipientValues(recipient, SampleMails.links());
			PartTemplate.Output output = template.skim(values);
			PartVariant variant = template.variant(output, values, TransferEncoding.BASE64);
			assertThat(variant).isNotNull();
			assertThat(variant.filled(output.formulas(), values)).isNotNull();
			forms.add(output.text());
		}
		assertThat(template.seesSlots()).isFalse();
		assertThat(forms).hasSize(2);
	}

	@Test
	void aCompiledIssueIsSharedByThreads() throws IOException {
		write("issue/html.ftlh",
				"<#if recipient.name?has_content>Dear ${recipient.name}</#if> ${issue.body}${unsubscribe}");
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(this.home))
			.compile(source(MARKDOWN), SampleMails.newsletter("en", null));
		List<String> expected = SampleMails.nasty().stream().map((one) -> latin(issue.message(one).content())).toList();
		List<String> written = IntStream.range(0, 50 * expected.size())
			.parallel()
			.mapToObj((i) -> latin(issue.message(SampleMails.nasty().get(i % expected.size())).content()))
			.toList();
		for (int i = 0; i < written.size(); i++) {
			assertThat(written.get(i)).isEqualTo(expected.get(i % expected.size()));
		}
	}

}
