package dev.herald.render;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.herald.address.Mailbox;
import dev.herald.issue.IssueReader;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.settings.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes out, read back by another library than the one that wrote it, and held
 * against the RFCs.
 */
class ParsedBackTests {

	private static final Recipient CHINESE = SampleMails.recipient(13, "li@example.org", "张三 李四");

	private static final Newsletter NEWSLETTER = new Newsletter(1, "weekly", "嵌入式AI 双周简报",
			new Mailbox("嵌入式AI 双周简报", SampleMails.newsletter("zh-CN", null).sender().address()), null,
			Locale.SIMPLIFIED_CHINESE, URI.create("https://example.org/issues/"), "1 Main St");

	private static void assertRight(CompiledIssue issue, Newsletter newsletter, Recipient recipient) {
		OutgoingMessage outgoing = issue.message(recipient);
		assertThat(MimeRules.broken(outgoing.content())).isEmpty();
		ParsedMail mail = ParsedMail.of(outgoing);
		assertThat(mail.message().getMimeType()).isEqualTo("multipart/alternative");
		assertThat(mail.types()).containsExactly("text/plain", "text/html");
		assertThat(mail.charsets()).containsExactly("UTF-8", "UTF-8");
		assertThat(mail.text()).isEqualTo(issue.text(recipient));
		assertThat(mail.html()).isEqualTo(issue.html(recipient));
		assertThat(mail.message().getSubject()).isEqualTo(issue.subject());
		assertThat(MimeRules.shown(mail.field("Subject"))).isEqualTo(issue.subject());
		assertThat(mail.message().getFrom().get(0).getName()).isEqualTo(newsletter.sender().name());
		assertThat(mail.message().getFrom().get(0).getAddress()).isEqualTo("news@example.org");
		assertThat(mail.name()).isEqualTo(recipient.subscriber().name());
		assertLegalFields(mail);
	}

	private static void assertLegalFields(ParsedMail mail) {
		assertThat(ZonedDateTime.parse(mail.field("Date"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
			.isEqualTo(SampleMails.CLOCK.instant());
		// RFC 5322 section 3.6.4: dot-atoms.
		assertThat(mail.field("Message-ID")).matches("<[\\w!#$%&'*+/=?^`{|}~.-]+@[\\w.-]+>");
		assertThat(mail.field("MIME-Version")).isEqualTo("1.0");
		// RFC 2919 section 2: a phrase, then label and namespace in angle brackets.
		assertThat(mail.field("List-Id")).matches("(?s)(?:.+\\s)?<[\\w-]+(\\.[\\w-]+)+>");
		// RFC 2369 section 2: addresses in angle brackets with commas between. RFC 8058
		// section 3.1: one of them https.
		List<URI> ways = Arrays.stream(mail.field("List-Unsubscribe").split(",\\s+"))
			.peek((way) -> assertThat(way).matches("<[^<>\\s]+>"))
			.map((way) -> URI.create(way.substring(1, way.length() - 1)))
			.toList();
		assertThat(ways).extracting(URI::getScheme).containsExactly("https", "mailto");
		assertThat(mail.field("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
	}

	@Test
	void everyRealIssueIsReadBackOctetForOctet() throws IOException {
		IssueCompiler compiler = SampleMails.compiler(new OperatorFiles(Path.of("")));
		List<Path> issues = RealIssuesTests.issues();
		for (Path file : issues) {
			IssueSource source = IssueReader.read(file.toString(), Files.readAllBytes(file));
			CompiledIssue issue = compiler.compile(source, NEWSLETTER);
			assertThat(issue.subject()).isEqualTo(source.title());
			assertRight(issue, NEWSLETTER, CHINESE);
			assertRight(issue, NEWSLETTER, SampleMails.ANN);
		}
		assertThat(issues).hasSizeGreaterThan(50);
	}

	/** Each is what the reader's list of mails shows, and what the editor wrote. */
	static Stream<String> hostile() {
		return Stream.of("嵌入式AI 双周简报 (2017-11-14)", "中".repeat(300), "👨‍👩‍👧‍👦🏳️‍🌈".repeat(15), "😀".repeat(150),
				"=?utf-8?B?5Lit5paH?=", "=?utf-8?Q?a?= and =?x", "before =?utf-8?B?5Lit5paH?= 中文", "?==?",
				"שלום \u2067עולם\u2069 123 سلام دنیا", "a".repeat(300), "word ".repeat(60).strip(),
				"é".repeat(75) + " x", "x中 y", "中 文  字", "\"quoted\" \\ back, slash; (comment) <a@b>", "a_b=c?d",
				"ÄÖÜ =3D =?", "100 % = 中?=", "A: b, c; d", "Re: 第１２期【重要】～ｱｲｳ～", "e\u0301\u0323 combined",
				"\u00a0nbsp\u3000wide", "€", "x".repeat(60) + " 中", "word ".repeat(14) + "=?utf-8?Q?late?=");
	}

	@ParameterizedTest
	@MethodSource("hostile")
	void theSubjectIsWhatTheEditorWrote(String title) {
		String expected = IssueReader.read("a.md", yaml(title)).title();
		assertThat(expected).isEqualTo(title.replaceAll("[\\u00a0\\u3000 ]+", " ").strip());
		CompiledIssue issue = SampleMails.compiler(new OperatorFiles(Path.of("")))
			.compile(IssueReader.read("a.md", yaml(title)), NEWSLETTER);
		assertThat(issue.subject()).isEqualTo(expected);
		assertRight(issue, NEWSLETTER, CHINESE);
	}

	@ParameterizedTest
	@MethodSource("hostile")
	void namesAreThoseThatPeopleHave(String name) {
		String shown = MailHeaders.oneLine(name);
		Newsletter newsletter = new Newsletter(1, "weekly", name, new Mailbox(shown, NEWSLETTER.sender().address()),
				null, Locale.ENGLISH, null, "");
		assertRight(SampleMails.compile("# Title\n\nText", newsletter), newsletter,
				SampleMails.recipient(14, "x@example.org", shown));
	}

	@ParameterizedTest
	@ValueSource(strings = { "title: \"one\\nBcc: x@example.org\"", "title: \"one\\r\\nBcc: x@example.org\"",
			"title: |\n  one\n  Bcc: x@example.org", "title: >-\n  one\n\n  Bcc: x@example.org",
			"title: \"one\\u0085Bcc: x@example.org\"", "title: \"one\\u2028Bcc: x@example.org\"" })
	void aTitleOfSeveralLinesIsASubjectOfOne(String front) {
		CompiledIssue issue = SampleMails.compile("---\n" + front + "\n---\nText", NEWSLETTER);
		assertThat(issue.subject()).isEqualTo("one Bcc: x@example.org");
		assertThat(ParsedMail.of(issue.message(CHINESE)).message().getBcc()).isNull();
		assertRight(issue, NEWSLETTER, CHINESE);
	}

	private static byte[] yaml(String title) {
		return ("---\ntitle: '" + title.replace("'", "''") + "'\n---\nText").getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void theRulesFindWhatIsWrong() {
		assertThat(broken("Subject: ok")).isEmpty();
		assertThat(broken("Subject: bar\re\r\nX: é")).containsExactly("a CR or LF alone: at 12",
				"an octet that is not of ASCII, or NUL: at 19");
		assertThat(broken("Subject: " + "x".repeat(990))).hasSize(1);
		assertThat(broken("Subject: " + "x ".repeat(40))).hasSize(1);
		assertThat(broken("Subject: =?utf-8?B?5L?=")).hasSize(2);
		assertThat(broken("Subject: =?utf-8?Q?=E4=B8?= =?utf-8?Q?=AD?=")).hasSize(2);
		assertThat(broken("Subject: a=?utf-8?Q?b?=")).hasSize(1);
		assertThat(broken("Subject: =?utf-8?Q?" + "a".repeat(70) + "?=")).isNotEmpty();
		assertThat(broken("Subject: =?klingon?Q?b?=")).isNotEmpty();
		assertThat(broken("From: =?utf-8?Q?b,c?= <a@example.org>")).hasSize(1);
		assertThat(broken("From: \"=?utf-8?Q?b?=\" <a@example.org>")).isNotEmpty();
		assertThat(broken("Message-ID: <=?utf-8?Q?b?=>")).isNotEmpty();
		assertThat(MimeRules.shown("a =?utf-8?Q?=E4=B8=AD?=\r\n =?utf-8?B?5paH?= b")).isEqualTo("a 中文 b");
	}

	private static List<String> broken(String header) {
		return MimeRules.broken((header + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
	}

}
