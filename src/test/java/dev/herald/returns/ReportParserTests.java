package dev.herald.returns;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;

import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReportParserTests {

	private static final String REPORT = """
			From: MAILER-DAEMON@mx.example.net
			To: bounce@example.org
			Subject: Undelivered
			Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

			Ignored preamble.
			--b1

			It did not work.
			--b1
			Content-Type: message/delivery-status

			Reporting-MTA: dns; mx.example.net

			Original-Recipient: rfc822;ann@example.org
			Final-Recipient: rfc822; box7@backend.example.net
			Action: failed
			Status: 5.1.1 (bad destination mailbox address)
			Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>:
			 Recipient address rejected: User unknown

			Final-Recipient: RFC822; <Bob@example.net>
			Action: delayed
			Status: 4.4.1

			--b1
			Content-Type: text/rfc822-headers

			Return-Path: <bounce+token@example.org>
			Message-ID: <one@example.org>
			--b1--
			""";

	private static Report parse(String mail) {
		return ReportParser.parse(mail.getBytes(StandardCharsets.UTF_8));
	}

	private static ReportedRecipient only(String mail) {
		Report report = parse(mail);
		assertThat(report.kind()).isEqualTo(Kind.BOUNCE);
		assertThat(report.recipients()).hasSize(1);
		return report.recipients().get(0);
	}

	@Test
	void aReportNamesEachRecipientByItsOriginalAddress() {
		assertThat(parse(REPORT)).isEqualTo(new Report(Kind.BOUNCE, java.util.List.of(
				new ReportedRecipient("ann@example.org", "5.1.1", "failed", BounceClass.HARD, "userunknown",
						"smtp; 550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown"),
				new ReportedRecipient("Bob@example.net", "4.4.1", "delayed", BounceClass.NONE, "expired", "4.4.1"))));
	}

	@Test
	void theReturnedHeaderIsKept() {
		HeaderFields original = ReportParser.read(REPORT.getBytes(StandardCharsets.UTF_8)).original();
		assertThat(original.first("message-id")).isEqualTo("<one@example.org>");
		assertThat(original.first("return-path")).isEqualTo("<bounce+token@example.org>");
	}

	@Test
	void anyLineEndsAnMboxLineAndALostEndMakeNoDifference() {
		Report report = parse(REPORT);
		assertThat(parse(REPORT.replace("\n", "\r\n"))).isEqualTo(report);
		assertThat(parse(REPORT.replace("\n", "\r"))).isEqualTo(report);
		assertThat(parse("\n\nFrom MAILER-DAEMON Tue Nov 24 00:00:00 2026\n" + REPORT)).isEqualTo(report);
		assertThat(parse(REPORT.replace("--b1--\n", ""))).isEqualTo(report);
		assertThat(parse("\ufeff" + REPORT)).isEqualTo(report);
		assertThat(parse(REPORT.substring(0, REPORT.indexOf("--b1\nContent-Type: text/rfc822")))).isEqualTo(report);
	}

	@Test
	void aStatusPartIsFoundWithoutReportType() {
		assertThat(parse(REPORT.replace("multipart/report; report-type=delivery-status;", "multipart/mixed;")))
			.isEqualTo(parse(REPORT));
		assertThat(parse(REPORT.replace("boundary=\"b1\"", "BOUNDARY = b1"))).isEqualTo(parse(REPORT));
	}

	@Test
	void encodedStatusPartsAreDecoded() {
		String status = "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; ü@example.org\nAction: failed\nStatus: 5.2.2\n";
		String mail = "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: %s\n\n%s\n--x--\n";
		String base64 = Base64.getMimeEncoder().encodeToString(status.getBytes(StandardCharsets.UTF_8));
		ReportedRecipient expected = new ReportedRecipient("ü@example.org", "5.2.2", "failed", BounceClass.SOFT,
				"mailboxfull", "5.2.2");
		assertThat(only(mail.formatted("base64", base64))).isEqualTo(expected);
		assertThat(only(mail.formatted("BASE64", base64 + "\n_____\nlist footer"))).isEqualTo(expected);
		assertThat(only(mail.formatted("quoted-printable",
				status.replace("ü", "=C3=BC").replace("Action: failed", "Action: fai=\nled"))))
			.isEqualTo(expected);
		assertThat(only(mail.formatted("8bit", status))).isEqualTo(expected);
		assertThat(
				ReportParser.parse(mail.formatted("8bit", status).getBytes(StandardCharsets.ISO_8859_1)).recipients())
			.containsExactly(expected);
	}

	@Test
	void recipientsAreToldApartWithoutTheBlankLine() {
		String run = """
				Content-Type: multipart/report; boundary=x

				--x
				Content-Type: message/delivery-status

				Reporting-MTA: dns; a
				Final-Recipient: rfc822; a@example.org
				Action: failed
				Status: 5.1.1
				Final-Recipient: rfc822; b@example.org
				Action: failed
				Status: 5.2.2
				Original-Recipient: rfc822; c@example.org
				Final-Recipient: rfc822; d@example.org
				Action: failed
				Status: 5.1.2
				""";
		assertThat(parse(run).recipients()).extracting(ReportedRecipient::address)
			.containsExactly("a@example.org", "b@example.org", "c@example.org");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			5.1.1  | smtp; 550 user unknown                                            | HARD | userunknown
			5.1.2  |                                                                   | HARD | hostunknown
			5.1.6  |                                                                   | HARD | hasmoved
			5.1.10 | smtp; 556 5.1.10 null MX                                          | HARD | nomail
			5.2.1  | smtp; 550 5.2.1 The email account is disabled                     | SOFT | mailboxdisabled
			5.0.0  | smtp; 550 5.1.1 User Unknown                                      | HARD | userunknown
			5.0.0  | smtp; 550 No such user here                                       | SOFT | filtered
			''     | smtp; 550 unknown user                                            | SOFT | filtered
			''     | smtp; 550 unknown user (in reply to RCPT TO command)              | HARD | userunknown
			5.0.0  | smtp; 550 unknown user (in reply to end of DATA command)          | SOFT | filtered
			5.1.1  | smtp; 550 unknown user (in reply to MAIL FROM command)            | SOFT | blocked
			5.1.8  | smtp; 553 Domain of sender address news.example does not exist    | SOFT | blocked
			5.2.1  | smtp; 550 5.2.1 receiving mail at a rate that prevents            | SOFT | rate
			5.2.2  | smtp; 552 5.2.2 mailbox full                                      | SOFT | mailboxfull
			5.1.1  | smtp; 552 5.2.2 Over quota                                        | SOFT | mailboxfull
			5.3.4  | smtp; 552 too large                                               | SOFT | toobig
			5.7.1  | smtp; 550 message content rejected                                | SOFT | spam
			5.1.1  | smtp; 550 5.7.1 IP address blacklisted by recipient               | SOFT | blocked
			5.7.26 | smtp; 550 5.7.26 not accepted due to DMARC                        | SOFT | authentication
			5.7.1  | smtp; 554 5.7.1 Access denied                                     | SOFT | policy
			5.0.0  | smtp; 554 Transaction failed                                      | SOFT | system
			4.4.7  | smtp; 421 timed out                                               | SOFT | expired
			4.1.1  | smtp; 450 4.1.1 User unknown                                      | SOFT | userunknown
			''     | smtp; 451 unknown user (in reply to RCPT TO command)              | SOFT | userunknown
			''     |                                                                   | SOFT | undefined
			""")
	void whatAFailureMeans(String status, String diagnostic, BounceClass bounceClass, String reason) {
		ReportedRecipient recipient = only(status(status, "failed", (diagnostic != null) ? diagnostic : ""));
		assertThat(recipient.bounceClass()).isEqualTo(bounceClass);
		assertThat(recipient.reason()).isEqualTo(reason);
	}

	private static String status(String status, String action, String diagnostic) {
		return "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n\nFinal-Recipient: rfc822; a@example.org\nAction: %s\nStatus: %s\nDiagnostic-Code: %s\n"
			.formatted(action, status, diagnostic);
	}

	@Test
	void aReadersAddressIsNoReason() {
		assertThat(only(status("5.1.1", "failed", "smtp; 550 <spam.dkim@quota-exceeded.example> unknown user"))
			.bounceClass()).isEqualTo(BounceClass.HARD);
		assertThat(only(status("5.0.0", "failed", "smtp; 550 refused, see https://example.org/user-unknown"))
			.bounceClass()).isEqualTo(BounceClass.SOFT);
	}

	@ParameterizedTest
	@CsvSource({ "delayed, DELAY, userunknown", "delivered, DELIVERED, none", "relayed, DELIVERED, none",
			"expanded, DELIVERED, none" })
	void whatIsNotAFailureIsNoBounce(String action, Kind kind, String reason) {
		Report report = parse(status("5.1.1", action, "smtp; 550 5.1.1 user unknown"));
		assertThat(report.kind()).isEqualTo(kind);
		assertThat(report.recipients()).extracting(ReportedRecipient::bounceClass).containsExactly(BounceClass.NONE);
		assertThat(report.recipients()).extracting(ReportedRecipient::reason).containsExactly(reason);
	}

	@Test
	void aComplaintNamesWhomItWasSentTo() {
		Report report = parse(complaint("abuse"));
		assertThat(report.kind()).isEqualTo(Kind.COMPLAINT);
		assertThat(report.recipients()).containsExactly(new ReportedRecipient("ann@example.org", "", "",
				BounceClass.NONE, "complaint", "Feedback-Type: abuse"));
		assertThat(parse(complaint("abuse").replace("Original-Rcpt-To: <ann@example.org>\n", "")).recipients())
			.extracting(ReportedRecipient::address)
			.containsExactly("to@example.org");
	}

	@ParameterizedTest
	@ValueSource(strings = { "not-spam", "auth-failure", "virus", "" })
	void aFeedbackReportThatIsNoReadersWishIsLeft(String type) {
		assertThat(parse(complaint(type)).kind()).isEqualTo(Kind.OTHER);
	}

	private static String complaint(String type) {
		return """
				From: fbl@example.net
				Content-Type: multipart/report; report-type=feedback-report; boundary=x

				--x

				Spam report.
				--x
				Content-Type: message/feedback-report

				Feedback-Type: %s
				User-Agent: Example/1
				Original-Rcpt-To: <ann@example.org>

				--x
				Content-Type: message/rfc822

				To: Ann <to@example.org>
				Subject: News

				Body
				--x--
				""".formatted(type);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Auto-Submitted: auto-replied", "auto-submitted: Auto-Replied (vacation)",
			"X-Autoreply: yes", "Precedence: auto_reply", "X-Autorespond: away" })
	void anAutoReplyIsKnownByItsHeader(String field) {
		assertThat(parse("From: ann@example.org\nSubject: Away\n" + field + "\n\nI am away.").kind())
			.isEqualTo(Kind.AUTOREPLY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "From: ann@example.org\nSubject: Re: Out of office\n\nHello",
			"From: ann@example.org\nAuto-Submitted: no\n\nHello",
			"From: ann@example.org\nAuto-Submitted: auto-generated\n\nHello",
			"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a\n",
			"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nContent-Type: multipart/report; boundary=y\n\n--y\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n--y--\n--x--\n",
			"", "\n", "\n\n", ":", "no header at all", "Content-Type: multipart/mixed; boundary=\"\"\n\n--\n--",
			"From \n", "Content-Type: multipart/report; boundary=x" })
	void everythingElseIsOther(String mail) {
		assertThat(parse(mail)).isEqualTo(new Report(Kind.OTHER, java.util.List.of()));
	}

	@Test
	void hostileMailsTakeLittleTime() {
		String nested = "Content-Type: multipart/mixed; boundary=x\n\n--x\n".repeat(20_000);
		String parts = "Content-Type: multipart/mixed; boundary=x\n\n" + "--x\n\n".repeat(200_000);
		String fields = "A: b\n".repeat(200_000);
		String folded = "A: b\n" + " c\n".repeat(300_000);
		String recipients = status("5.1.1", "failed", "x")
				+ "\nFinal-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: "
					.repeat(9_000);
		String diagnostic = status("5.0.0", "failed", "exceeded ".repeat(100_000));
		String boundaries = "Content-Type: multipart/mixed; " + "boundary=".repeat(100_000) + "\n\n--x";
		for (String mail : java.util.List.of(nested, parts, fields, folded, recipients, diagnostic, boundaries,
				"a".repeat(2_000_000), "\n".repeat(2_000_000), "@".repeat(2_000_000),
				status("5.0.0", "failed", "user " + "x".repeat(1_000_000)), "From: " + "<".repeat(1_000_000))) {
			parse(mail);
			// Of this thread, so that a busy machine is not taken for a slow parser.
			long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
			parse(mail);
			long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
			// Twice what is promised: beside other tests a core does less in the same
			// time.
			assertThat(Duration.ofNanos(taken)).as(mail.substring(0, 40)).isLessThan(Duration.ofMillis(500));
		}
	}

	@Test
	void noDamageToAMailMakesItThrow() {
		Random random = new Random(3464);
		byte[] mail = REPORT.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < 5_000; i++) {
			byte[] damaged = mail.clone();
			for (int j = 0; j < 1 + random.nextInt(20); j++) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
			}
			int from = random.nextInt(damaged.length);
			byte[] cut = java.util.Arrays.copyOfRange(damaged, (i % 2 == 0) ? 0 : from,
					(i % 2 == 0) ? from : damaged.length);
			assertThat(ReportParser.parse(cut).kind()).isNotNull();
		}
	}

	@Test
	void addressesThatAreNoneStayEmpty() {
		assertThat(only(status("5.1.1", "failed", "x").replace("rfc822; a@example.org", "X-LOCAL; ann")).address())
			.isEmpty();
		assertThat(only(status("5.1.1", "failed", "x").replace("rfc822; a@example.org", "a@example.org")).address())
			.isEqualTo("a@example.org");
		assertThat(only(status("5.1.1", "failed", "x").replace("a@example.org", "<a@example.org")).address())
			.isEqualTo("a@example.org");
	}

	@Test
	void statusAndActionFitTheirColumns() {
		ReportedRecipient recipient = parse(
				status("5.1.1" + "1".repeat(3000), "failed" + "d".repeat(3000), "smtp; 550 " + "é".repeat(9000)))
			.recipients()
			.get(0);
		assertThat(recipient.status().length()).isLessThanOrEqualTo(12);
		assertThat(recipient.action().length()).isLessThanOrEqualTo(12);
		assertThat(recipient.evidence()).hasSize(500);
	}

}
