package dev.herald;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.bounce.CollectBounces;
import dev.herald.bounce.CollectBounces.Collected;
import dev.herald.bounce.ReportReview;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.SendRunner;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.report.DeliveryReport;
import dev.herald.report.ReportText;
import dev.herald.report.Reports;
import dev.herald.returns.BounceClass;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole way there and back over a real mail server: SMTP out, reports in over SMTP,
 * one mailbox read over IMAP and one over POP3. Forty readers, of whom nineteen or their
 * mail systems answer, each in another way.
 */
class WhatComesBackTests {

	private static final int READERS = 40;

	private static final Pattern MAILTO = Pattern.compile("<mailto:([^>?]+)");

	/** Envelope senders by recipient, as the server was given them. */
	private final Map<String, String> returnPaths = new ConcurrentHashMap<>();

	private final Map<String, String> mails = new ConcurrentHashMap<>();

	private GreenMail server = new GreenMail();

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void theReportIsExactAndTheNextIssueGoesToWhomItMay(TestDatabase kind) throws Exception {
		this.server = new GreenMail(new ServerSetup[] { ServerSetup.SMTP.dynamicPort(), ServerSetup.IMAP.dynamicPort(),
				ServerSetup.POP3.dynamicPort() });
		this.server.start();
		GreenMailUser bounces = this.server.setUser("bounce@news.example", "bounce", "s3cret");
		GreenMailUser complaints = this.server.setUser("fbl@news.example", "fbl", "s3cret");
		GreenMailUser readers = this.server.setUser("readers@example.org", "readers", "s3cret");
		this.server.getUserManager().setMessageDeliveryHandler((message, address) -> {
			if (address.getEmail().startsWith("bounce+")) {
				return bounces;
			}
			if (address.getEmail().startsWith("fbl@")) {
				return complaints;
			}
			this.returnPaths.put(address.getEmail(), message.getReturnPath().getEmail());
			return readers;
		});
		try (TestDatabase.Opened database = kind.open(); TestHerald herald = TestHerald.on(database, settings())) {
			Newsletter newsletter = herald.newsletter("weekly", READERS);
			Issue first = send(herald, newsletter, "one");
			rememberMails(readers);
			answer();

			assertThat(herald.get(CollectBounces.class).run()).isEqualTo(new Collected(22, 8, 6, 1, 2));

			DeliveryReport report = herald.get(Reports.class).of(first);
			assertThat(report.counts().of(DeliveryState.ACCEPTED)).isEqualTo(READERS);
			assertThat(report.bounces()).containsExactly(new BounceCount(BounceClass.HARD, "userunknown", 3),
					new BounceCount(BounceClass.HARD, "hostunknown", 1),
					new BounceCount(BounceClass.SOFT, "mailboxfull", 2), new BounceCount(BounceClass.SOFT, "spam", 1),
					new BounceCount(BounceClass.SOFT, "toobig", 1));
			assertThat(report.complaints()).isEqualTo(2);
			assertThat(report.unsubscribed()).isEqualTo(1);
			assertThat(ReportText.of(report, ZoneOffset.UTC)).contains("40");
			assertThat(suppressed(database)).containsExactly("reader1@example.org HARD_BOUNCE",
					"reader2@example.org HARD_BOUNCE", "reader3@example.org HARD_BOUNCE",
					"reader4@example.org HARD_BOUNCE", "reader9@example.org COMPLAINT",
					"reader10@example.org COMPLAINT");
			assertThat(herald.get(ReportReview.class).waiting()).singleElement()
				.satisfies((item) -> assertThat(item.recipient().address()).isEqualTo("reader30@example.org"));
			assertThat(mailsIn("bounce", "Herald/Review")).isEqualTo(2);
			assertThat(mailsIn("bounce", "Herald/Recorded")).isEqualTo(18);
			assertThat(mailsIn("bounce", "INBOX")).isZero();
			assertThat(mailsIn("fbl", "INBOX")).isZero();

			assertThat(herald.get(CollectBounces.class).run()).isEqualTo(new Collected(0, 0, 0, 0, 0));

			this.returnPaths.clear();
			send(herald, newsletter, "two");
			Set<String> gone = Set.of("reader1@example.org", "reader2@example.org", "reader3@example.org",
					"reader4@example.org", "reader9@example.org", "reader10@example.org", "reader11@example.org");
			assertThat(this.returnPaths.keySet()).hasSize(READERS - gone.size()).doesNotContainAnyElementsOf(gone);
		}
		finally {
			this.server.stop();
		}
	}

	private String[] settings() {
		return new String[] { "spring.mail.host=127.0.0.1", "spring.mail.port=" + this.server.getSmtp().getPort(),
				"herald.base-url=https://news.example", "herald.bounce-address=bounce@news.example",
				"herald.bounce.mailboxes.main.protocol=imap", "herald.bounce.mailboxes.main.host=127.0.0.1",
				"herald.bounce.mailboxes.main.port=" + this.server.getImap().getPort(),
				"herald.bounce.mailboxes.main.username=bounce", "herald.bounce.mailboxes.main.password=s3cret",
				"herald.bounce.mailboxes.fbl.protocol=pop3", "herald.bounce.mailboxes.fbl.host=127.0.0.1",
				"herald.bounce.mailboxes.fbl.port=" + this.server.getPop3().getPort(),
				"herald.bounce.mailboxes.fbl.username=fbl", "herald.bounce.mailboxes.fbl.password=s3cret" };
	}

	private static Issue send(TestHerald herald, Newsletter newsletter, String slug) {
		Issue issue = herald.issue(newsletter, slug);
		int send = herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test").id();
		assertThat(herald.get(SendRunner.class).run(send)).isInstanceOf(SendRunner.RunResult.Finished.class);
		return issue;
	}

	private void rememberMails(GreenMailUser readers) throws Exception {
		for (var stored : this.server.getManagers().getImapHostManager().getInbox(readers).getMessages()) {
			MimeMessage mail = stored.getMimeMessage();
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			mail.writeTo(bytes);
			String to = ((InternetAddress) mail.getRecipients(Message.RecipientType.TO)[0]).getAddress();
			assertThat(this.mails.put(to, bytes.toString(StandardCharsets.UTF_8))).as("a second mail").isNull();
		}
		assertThat(this.mails).hasSize(READERS);
	}

	/** Each reader by another system's words; who is not here says nothing. */
	private void answer() throws Exception {
		back(1, dsn(1, "failed", "5.1.1", "550 5.1.1 <reader1@example.org>: Recipient address rejected: User unknown"));
		// Twice: the servers on the way may stamp it at another second.
		back(1, dsn(1, "failed", "5.1.1", "550 5.1.1 <reader1@example.org>: Recipient address rejected: User unknown"));
		back(2, notice("""
				Hi. This is the qmail-send program at example.org.
				I'm afraid I wasn't able to deliver your message to the following addresses.
				This is a permanent error; I've given up. Sorry it didn't work out.

				<reader2@example.org>:
				Sorry, no mailbox here by that name. (#5.1.1)

				--- Below this line is a copy of the message.

				""" + this.mails.get(reader(2))));
		back(3, dsn(3, "failed", "5.0.0",
				"host mx.example.org said: 550 No such user here (in reply to RCPT TO command)"));
		back(4, dsn(4, "failed", "5.1.2",
				"Host or domain name not found. Name service error for name=example.org: Host not found"));
		back(5, dsn(5, "failed", "5.2.2", "552 5.2.2 The mailbox is over its quota"));
		back(6, dsn(6, "failed", "4.2.2", "452 4.2.2 Mailbox full"));
		back(7, dsn(7, "failed", "5.7.1", "550 5.7.1 Message rejected as spam by content scanner"));
		back(8, dsn(8, "failed", "5.3.4", "552 5.3.4 Message size exceeds fixed limit"));
		complain(9);
		complain(10);
		write(mailto(11), "From: reader11@example.org\r\nTo: <" + mailto(11) + ">\r\nSubject: unsubscribe\r\n\r\n",
				"reader11@example.org");
		back(12, dsn(12, "delayed", "4.4.1", "451 4.4.1 connect to mx.example.org: Connection timed out"));
		back(13, dsn(13, "delivered", "2.0.0", "250 2.0.0 Ok"));
		back(14, reply(14, "Auto-Submitted: auto-replied\r\nSubject: Out of office",
				"I am away until Monday. 550 other mails wait."));
		back(15, reply(15, "X-Autoreply: yes\r\nPrecedence: bulk\r\nSubject: Abwesenheitsnotiz: Test",
				"Ich bin nicht im Hause."));
		back(16, reply(16, "Auto-Submitted: auto-replied\r\nSubject: =?gb2312?B?19S2r7vYuLQ=?=", "I will read it."));
		back(17, receipt(17));
		back(18, dsn(18, "relayed", "2.1.9", "250 relayed to a system without notifications"));
		back(19, dsn(19, "expanded", "2.1.5", "250 expanded to a list"));
		// A person, and one who forges a bounce of somebody else.
		write("bounce+x@news.example",
				"From: reader20@example.org\r\nTo: bounce@news.example\r\nSubject: A question\r\n\r\nWhen?\r\n",
				"reader20@example.org");
		write("bounce+" + "a".repeat(40) + "@news.example",
				dsn(30, "failed", "5.1.1", "550 5.1.1 User unknown")
					.replaceAll("(?s)--b\r\nContent-Type: message/rfc822.*", "--b--\r\n")
					.replaceAll("bounce\\+[a-z2-7]{40}", "bounce+" + "a".repeat(40)),
				"");
	}

	private static String reader(int number) {
		return "reader" + number + "@example.org";
	}

	private String dsn(int number, String action, String status, String diagnostic) {
		return """
				From: MAILER-DAEMON@mx.example.org
				To: <%s>
				Message-ID: <%d@mx.example.org>
				Subject: Delivery status
				MIME-Version: 1.0
				Content-Type: multipart/report; report-type=delivery-status; boundary=b

				--b
				Content-Type: text/plain

				See below.

				--b
				Content-Type: message/delivery-status

				Reporting-MTA: dns; mx.example.org

				Final-Recipient: rfc822; %s
				Action: %s
				Status: %s
				Diagnostic-Code: smtp; %s

				--b
				Content-Type: message/rfc822

				""".replace("\n", "\r\n")
			.formatted(this.returnPaths.get(reader(number)), number, reader(number), action, status, diagnostic)
				+ this.mails.get(reader(number)) + "\r\n--b--\r\n";
	}

	private static String notice(String text) {
		return "From: MAILER-DAEMON@example.org\r\nSubject: failure notice\r\n\r\n" + text.replaceAll("\r?\n", "\r\n");
	}

	private String reply(int number, String fields, String text) {
		return "From: " + reader(number) + "\r\nTo: " + this.returnPaths.get(reader(number)) + "\r\n" + fields
				+ "\r\n\r\n" + text + "\r\n";
	}

	private String receipt(int number) {
		return """
				From: %s
				To: %s
				Subject: Read: Test
				MIME-Version: 1.0
				Content-Type: multipart/report; report-type=disposition-notification; boundary=b

				--b
				Content-Type: text/plain

				It was read.

				--b
				Content-Type: message/disposition-notification

				Final-Recipient: rfc822;%s
				Disposition: manual-action/MDN-sent-manually; displayed

				--b--
				""".replace("\n", "\r\n")
			.formatted(reader(number), this.returnPaths.get(reader(number)), reader(number));
	}

	/**
	 * A feedback loop knows no envelope sender: the mail that it returns names the
	 * delivery.
	 */
	private void complain(int number) throws Exception {
		write("fbl@news.example", """
				From: fbl@provider.example
				To: fbl@news.example
				Subject: complaint
				MIME-Version: 1.0
				Content-Type: multipart/report; report-type=feedback-report; boundary=b

				--b
				Content-Type: text/plain

				A reader reported this mail.

				--b
				Content-Type: message/feedback-report

				Feedback-Type: abuse
				User-Agent: Provider/1.0
				Version: 1

				--b
				Content-Type: message/rfc822

				""".replace("\n", "\r\n") + this.mails.get(reader(number)) + "\r\n--b--\r\n", "");
	}

	private String mailto(int number) {
		Matcher matcher = MAILTO
			.matcher(Objects.requireNonNull(this.mails.get(reader(number))).replaceAll("\r\n\\s", ""));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	private void back(int number, String mail) throws Exception {
		write(Objects.requireNonNull(this.returnPaths.get(reader(number))), mail, "");
	}

	/** Over SMTP, as the readers' servers do; but GreenMail takes no null sender. */
	private void write(String to, String mail, String from) throws Exception {
		Properties properties = new Properties();
		properties.setProperty("mail.smtp.from", from.isEmpty() ? "mailer-daemon@mx.example.org" : from);
		Session session = Session.getInstance(properties);
		try (Transport transport = session.getTransport("smtp")) {
			transport.connect("127.0.0.1", this.server.getSmtp().getPort(), null, null);
			transport.sendMessage(
					new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))),
					InternetAddress.parse(to));
		}
	}

	private int mailsIn(String user, String folder) throws Exception {
		try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
			store.connect("127.0.0.1", this.server.getImap().getPort(), user, "s3cret");
			return store.getFolder(folder.replace('/', store.getDefaultFolder().getSeparator())).getMessageCount();
		}
	}

	private static List<String> suppressed(TestDatabase.Opened database) {
		Map<Integer, String> byReader = new TreeMap<>();
		database.jdbc()
			.sql("SELECT match_key, reason FROM suppression")
			.query((row, number) -> row.getString("match_key") + " " + row.getString("reason"))
			.list()
			.forEach((line) -> byReader.put(Integer.valueOf(line.replaceAll("\\D*(\\d+)@.*", "$1")), line));
		return List.copyOf(byReader.values());
	}

}
