package dev.herald.render;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MessageTests {

	/** 7 bit, CRLF only, no line over 998 octets (RFC 5322 section 2.1.1). */
	static boolean isClean(byte[] content) {
		int length = 0;
		for (int i = 0; i < content.length; i++) {
			byte octet = content[i];
			boolean paired = (octet == '\r') ? i + 1 < content.length && content[i + 1] == '\n'
					: octet != '\n' || (i > 0 && content[i - 1] == '\r');
			length = (octet == '\n') ? 0 : length + 1;
			if (octet <= 0 || !paired || length > 999) {
				return false;
			}
		}
		return true;
	}

	private static MimeMessage parse(byte[] content) throws MessagingException {
		return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content));
	}

	private static String header(MimeMessage message, String name) throws MessagingException {
		String[] values = message.getHeader(name);
		assertThat(values).as(name).hasSize(1);
		return values[0];
	}

	private static String part(MimeMessage message, int index, String type) throws MessagingException, IOException {
		BodyPart part = ((MimeMultipart) message.getContent()).getBodyPart(index);
		assertThat(part.getContentType().toLowerCase(Locale.ROOT)).isEqualTo(type + "; charset=utf-8");
		return ((String) part.getContent()).replace("\r\n", "\n");
	}

	@Test
	void theMessageParsesBackToBothParts() throws MessagingException, IOException {
		CompiledIssue issue = SampleMails
			.compile("# Grüße\n\n- [a](https://example.org/?x=1)\n\nText 中文 😀 = .\n.\nFrom x");
		OutgoingMessage outgoing = issue.message(SampleMails.ANN);
		MimeMessage message = parse(outgoing.content());
		assertThat(outgoing.recipient().value()).isEqualTo("ann@example.org");
		assertThat(outgoing.envelopeSender().value()).isEqualTo("bounce+7-11@example.org");
		assertThat(message.getContentType()).startsWith("multipart/alternative;");
		assertThat(part(message, 0, "text/plain; format=flowed; delsp=yes")).isEqualTo(issue.text(SampleMails.ANN));
		assertThat(part(message, 1, "text/html")).isEqualTo(issue.html(SampleMails.ANN));
		assertThat(isClean(outgoing.content())).isTrue();
	}

	@Test
	void theHeaderFieldsAreThoseOfANewsletter() throws MessagingException {
		Newsletter base = SampleMails.newsletter("en", null);
		Newsletter newsletter = new Newsletter(1, "weekly", "Wöchentlich",
				new Mailbox("Zeitung, die", base.sender().address()), new EmailAddress("editor@example.org"),
				Locale.ENGLISH, null, "");
		MimeMessage message = parse(
				SampleMails.compile("# Grüße\n\nText", newsletter).message(SampleMails.ANN).content());
		assertThat(message.getSubject()).isEqualTo("Grüße");
		assertThat(header(message, "From")).isEqualTo("\"Zeitung, die\" <news@example.org>");
		assertThat(header(message, "To")).isEqualTo("\"Ann O'Neill & Co <x>\" <ann@example.org>");
		assertThat(header(message, "Reply-To")).isEqualTo("editor@example.org");
		assertThat(header(message, "Date")).isEqualTo("Tue, 24 Nov 2026 08:00:00 +0000");
		assertThat(header(message, "Message-ID")).isEqualTo("<7-11@example.org>");
		assertThat(header(message, "MIME-Version")).isEqualTo("1.0");
		assertThat(header(message, "List-Id")).isEqualTo("=?UTF-8?Q?W=C3=B6chentlich?= <weekly.news.example.org>");
		assertThat(header(message, "List-Unsubscribe")).isEqualTo(
				"<https://news.example.org/u/7-11?a=1&b=2>,\r\n <mailto:bounce+u7-11@example.org?subject=unsubscribe>");
		assertThat(header(message, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
		assertThat(header(message, "Feedback-ID")).isEqualTo("7:weekly:herald");
		assertThat(message.getHeader("Auto-Submitted")).isNull();
	}

	@Test
	void everyAttemptIsTheSameMessage() {
		CompiledIssue issue = SampleMails.compile("Text");
		assertThat(issue.message(SampleMails.ANN).content()).isEqualTo(issue.message(SampleMails.ANN).content());
	}

	@Test
	void mailsDifferInTheirSlotsAndNowhereElse() {
		CompiledIssue issue = SampleMails.compile("# Title\n\nText with ${recipient.name} and slot0.\n");
		assertThat(issue.html(SampleMails.ANN).replace("ann@example.org", "bo@example.net").replace("7-11", "7-12"))
			.isEqualTo(issue.html(SampleMails.BO))
			.isNotEqualTo(issue.html(SampleMails.ANN));
		assertThat(issue.text(SampleMails.ANN).replace("ann@example.org", "bo@example.net").replace("7-11", "7-12"))
			.isEqualTo(issue.text(SampleMails.BO));
		String ann = new String(issue.message(SampleMails.ANN).content(), StandardCharsets.UTF_8);
		String bo = new String(issue.message(SampleMails.BO).content(), StandardCharsets.UTF_8);
		assertThat(ann.replaceAll("=\r\n", "")
			.replace("\"Ann O'Neill & Co <x>\" <ann@example.org>", "<bo@example.net>")
			.replace("ann@example.org", "bo@example.net")
			.replace("7-11", "7-12")).isEqualTo(bo.replaceAll("=\r\n", ""));
		assertThat(issue.html(SampleMails.ANN)).contains("https://news.example.org/u/7-11?a=1&amp;b=2");
		assertThat(issue.text(SampleMails.ANN)).contains("Unsubscribe: https://news.example.org/u/7-11?a=1&b=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\r\nBcc: x@example.org", "a\nBcc: x@example.org", "a\rBcc: x", "a\u0000b\u0085c\u2028d",
			"x\uD800y" })
	void namesAndTitlesCanNotAddHeaderFields(String hostile) throws MessagingException {
		Newsletter base = SampleMails.newsletter("en", null);
		Newsletter newsletter = new Newsletter(1, "weekly", hostile, new Mailbox(hostile, base.sender().address()),
				null, Locale.ENGLISH, null, hostile);
		Recipient recipient = SampleMails.recipient(1, "a@example.org", hostile);
		byte[] content = SampleMails.compile("---\ntitle: x\n---\nText", newsletter).message(recipient).content();
		MimeMessage message = parse(content);
		assertThat(message.getHeader("Bcc")).isNull();
		assertThat(((InternetAddress) message.getFrom()[0]).getAddress()).isEqualTo("news@example.org");
		assertThat(isClean(content)).isTrue();
	}

	@Test
	void longNamesAndSubjectsAreEncodedInShortLines() throws MessagingException {
		String title = "😀中文 très long ".repeat(15).strip();
		Newsletter base = SampleMails.newsletter("zh-CN", null);
		Newsletter newsletter = new Newsletter(1, "weekly", "名".repeat(200),
				new Mailbox("名".repeat(200), base.sender().address()), null, Locale.CHINA, null, "");
		byte[] content = SampleMails.compile("# " + title + "\n\nText", newsletter)
			.message(SampleMails.recipient(1, "a@example.org", "名 字".repeat(60)))
			.content();
		MimeMessage message = parse(content);
		assertThat(message.getSubject()).isEqualTo(title);
		assertThat(((InternetAddress) message.getFrom()[0]).getPersonal()).isEqualTo("名".repeat(200));
		assertThat(new String(content, StandardCharsets.US_ASCII).lines()).allMatch((line) -> line.length() <= 76);
	}

	@Test
	void chineseTakesBase64AndEnglishQuotedPrintable() {
		String chinese = new String(SampleMails.compile("中文".repeat(9000), SampleMails.newsletter("zh-CN", null))
			.message(SampleMails.ANN)
			.content(), StandardCharsets.US_ASCII);
		assertThat(chinese).contains("Content-Transfer-Encoding: base64").doesNotContain("quoted-printable");
		String english = new String(SampleMails.compile("x".repeat(100_000)).message(SampleMails.ANN).content(),
				StandardCharsets.US_ASCII);
		assertThat(english).contains("Content-Transfer-Encoding: quoted-printable").doesNotContain("base64");
		assertThat(isClean(english.getBytes(StandardCharsets.US_ASCII))).isTrue();
	}

	@Test
	void anAddressBeyondAsciiIsWrittenAsItIs() throws MessagingException {
		byte[] content = SampleMails.compile("Text")
			.message(SampleMails.recipient(1, "jürgen@example.org", ""))
			.content();
		assertThat(new String(content, StandardCharsets.UTF_8)).contains("To: <jürgen@example.org>\r\n");
	}

}
