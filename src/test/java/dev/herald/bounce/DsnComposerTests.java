package dev.herald.bounce;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;

import dev.herald.address.EmailAddress;
import dev.herald.bounce.DsnComposer.Refusal;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.returns.ReportParser;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DsnComposerTests {

	private static final byte[] ORIGINAL = "Return-Path: <x@example.org>\r\nMessage-ID: <m@example.org>\r\nSubject: 新闻\r\n\r\nSecret body\r\n"
		.getBytes(StandardCharsets.UTF_8);

	private static Refusal refusal(String status, String diagnostic) {
		return new Refusal("mx.example.net", EmailAddress.parse("bounce+tok@example.org"),
				EmailAddress.parse("ann@example.net"), status, diagnostic, ORIGINAL,
				Instant.parse("2026-11-24T06:07:08Z"));
	}

	@Test
	void anotherParserReadsTheSameReport() throws Exception {
		MimeMessage message = new MimeMessage(Session.getInstance(new Properties()),
				new ByteArrayInputStream(DsnComposer.compose(refusal("5.1.1", "550 5.1.1 User unknown"))));
		assertThat(message.getAllRecipients()[0].toString()).isEqualTo("bounce+tok@example.org");
		assertThat(message.getHeader("Date", null)).isEqualTo("Tue, 24 Nov 2026 06:07:08 +0000");
		MultipartReport report = (MultipartReport) message.getContent();
		assertThat(report.getCount()).isEqualTo(3);
		DeliveryStatus status = (DeliveryStatus) report.getReport();
		assertThat(status.getMessageDSN().getHeader("Reporting-MTA", null)).isEqualTo("dns; mx.example.net");
		assertThat(status.getRecipientDSN(0).getHeader("Final-Recipient", null)).isEqualTo("rfc822; ann@example.net");
		assertThat(status.getRecipientDSN(0).getHeader("Action", null)).isEqualTo("failed");
		assertThat(report.getReturnedMessage().getHeader("Message-ID", null)).isEqualTo("<m@example.org>");
	}

	@Test
	void itsOwnParserReadsItAndTheBodyIsNotReturned() {
		byte[] mail = DsnComposer.compose(refusal("5.2.2", "552 5.2.2 Mailbox full"));
		assertThat(ReportParser.parse(mail))
			.isEqualTo(new Report(Kind.BOUNCE, java.util.List.of(new ReportedRecipient("ann@example.net", "5.2.2",
					"failed", BounceClass.SOFT, "mailboxfull", "smtp; 552 5.2.2 Mailbox full"))));
		assertThat(ReportParser.read(mail).original().first("subject")).isEqualTo("新闻");
		assertThat(new String(mail, StandardCharsets.UTF_8)).doesNotContain("Secret body");
	}

	@Test
	void aTemporaryStatusMakesANoticeOfDelay() {
		assertThat(ReportParser.parse(DsnComposer.compose(refusal("4.4.1", "timed out"))).recipients().get(0).action())
			.isEqualTo("delayed");
	}

	@Test
	void noLineCanBeSlippedIn() {
		Report report = ReportParser
			.parse(DsnComposer.compose(refusal("5.1.1", "550 no\r\n\r\nFinal-Recipient: rfc822; victim@example.org")));
		assertThat(report.recipients()).hasSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> refusal("5.1.1\r\nX: y", "no"));
		assertThatIllegalArgumentException().isThrownBy(() -> refusal("", "no"));
	}

}
