package dev.herald.bounce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.herald.bounce.BounceMailbox.MailInBox;
import dev.herald.bounce.CollectBounces.Collected;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.DeliveryReceived;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The whole way back, from a mail server's report to the suppression. */
@ParameterizedClass
@CsvSource({ "H2, imap", "MYSQL, imap", "H2, pop3" })
class CollectBouncesTests {

	private static final String PASSWORD = "s3cret-of-the-mailbox";

	/** Started once for all tests on a database and protocol. */
	private static final Map<String, Running> RUNNING = new HashMap<>();

	private final TestDatabase.Opened database;

	private final String protocol;

	private final GreenMail server;

	private final GreenMailUser user;

	private final ConfigurableApplicationContext context;

	private final AtomicBoolean faulty;

	private final Rows rows;

	CollectBouncesTests(TestDatabase database, String protocol) {
		Running running = RUNNING.computeIfAbsent(database + protocol, (key) -> Running.start(database, protocol));
		this.database = running.database();
		this.protocol = protocol;
		this.server = running.server();
		this.user = running.server().setUser("bounce@example.org", "bounce", PASSWORD);
		this.context = running.context();
		this.faulty = running.faulty();
		this.rows = new Rows(this.database.jdbc());
	}

	private static int port(GreenMail server, String protocol) {
		return (protocol.equals("imap") ? server.getImap() : server.getPop3()).getPort();
	}

	private static String[] mailbox(String protocol, int port, String password) {
		String prefix = "herald.bounce.mailbox.";
		return new String[] { prefix + "protocol=" + protocol, prefix + "host=127.0.0.1", prefix + "port=" + port,
				prefix + "username=bounce", prefix + "password=" + password };
	}

	@BeforeEach
	void prepare() throws FolderException {
		this.rows.insert();
		this.server.purgeEmailFromAllMailboxes();
		this.faulty.set(false);
	}

	@AfterAll
	static void stop() {
		RUNNING.values().forEach(Running::close);
		RUNNING.clear();
	}

	private void deliver(byte[] mail) throws MessagingException {
		this.user.deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
	}

	private void deliver(String mail) throws MessagingException {
		deliver(mail.getBytes(StandardCharsets.UTF_8));
	}

	private DeliveryLinks links() {
		return this.context.getBean(DeliveryLinks.class);
	}

	private byte[] report(int subscriber, String status, String diagnostic) {
		byte[] original = "Message-ID: %s\r\nSubject: One\r\n\r\nBody"
			.formatted(links().messageId(Rows.delivery(subscriber)))
			.getBytes(StandardCharsets.UTF_8);
		return DsnComposer
			.compose(new DsnComposer.Refusal("mx.example.net", links().envelopeSender(Rows.delivery(subscriber)),
					dev.herald.address.EmailAddress.parse(Rows.address(subscriber)), status, diagnostic, original,
					Instant.parse("2026-11-24T00:00:00Z")));
	}

	private Collected collect() {
		return this.context.getBean(CollectBounces.class).run();
	}

	private List<String> subjectsLeft() throws Exception {
		List<String> subjects = new java.util.ArrayList<>();
		for (var stored : this.server.getManagers().getImapHostManager().getInbox(this.user).getMessages()) {
			subjects.add(stored.getMimeMessage().getSubject());
			// POP3 has no such mark: a server may set its own.
			if (this.protocol.equals("imap")) {
				assertThat(stored.getFlags().contains(Flags.Flag.SEEN)).as("read").isFalse();
			}
		}
		return subjects;
	}

	@Test
	void whatIsUnderstoodIsRecordedAndDeletedAndTheRestStays() throws Exception {
		deliver(report(1, "5.1.1", "550 5.1.1 User unknown"));
		deliver("From: ann@example.net\nSubject: a question\n\nHello");
		deliver(report(2, "5.2.2", "552 5.2.2 Mailbox full"));
		deliver(report(3, "4.4.1", "timed out"));
		deliver(new String(report(4, "5.1.1", "550 5.1.1 User unknown"), StandardCharsets.UTF_8)
			.replaceAll("bounce\\+[a-z2-7]{8}", "bounce+aeaaaaaa")
			.replaceAll("<[a-z2-7]{40}@", "<" + "ae".repeat(20) + "@")
			.replace("Undelivered mail returned to sender", "forged"));
		deliver("From: vacation@example.net\nTo: <" + links().envelopeSender(Rows.delivery(5))
				+ ">\nSubject: away\nAuto-Submitted: auto-replied\n\nBack on Monday");
		deliver("From: stranger@example.net\nTo: <bounce@example.org>\nSubject: away too\nAuto-Submitted: auto-replied\n\nx");
		deliver(complaint());

		assertThat(collect()).isEqualTo(new Collected(8, 2, 2, 0, 3));
		assertThat(this.rows.bounces()).containsExactly("1 HARD userunknown", "2 SOFT mailboxfull", "6 NONE complaint");
		assertThat(this.rows.suppressed()).containsExactly("reader1@example.net HARD_BOUNCE",
				"reader6@example.net COMPLAINT");
		assertThat(this.rows.state(6)).isEqualTo("UNSUBSCRIBED");
		assertThat(subjectsLeft()).containsExactlyInAnyOrder("a question", "forged", "away too");

		assertThat(collect()).isEqualTo(new Collected(0, 0, 0, 0, 0));
		assertThat(subjectsLeft()).hasSize(3);
	}

	/** Names its delivery by the returned mail's own field alone. */
	private String complaint() {
		return """
				From: fbl@example.net
				To: abuse@example.org
				Subject: complaint
				Content-Type: multipart/report; report-type=feedback-report; boundary=x

				--x
				Content-Type: message/feedback-report

				Feedback-Type: abuse

				--x
				Content-Type: message/rfc822

				List-Unsubscribe: <%s>
				Subject: One

				Body
				--x--
				""".formatted(links().unsubscribe(Rows.delivery(6)));
	}

	@Test
	void theSameReportAgainIsNotCountedAgain() throws Exception {
		byte[] report = report(1, "5.1.1", "550 5.1.1 User unknown");
		deliver(report);
		assertThat(collect()).isEqualTo(new Collected(1, 1, 1, 0, 0));
		deliver(report);
		assertThat(collect()).isEqualTo(new Collected(1, 0, 0, 0, 0));
		assertThat(this.rows.bounces()).hasSize(1);
		assertThat(subjectsLeft()).isEmpty();
	}

	@Test
	void aCrashBetweenCommitAndDeletionCountsNothingTwice() throws Exception {
		deliver(report(1, "5.1.1", "550 5.1.1 User unknown"));
		MailboxReader crashing = new MailboxReader(this.context.getBean(MailboxSettings.class),
				this.context.getBean(CollectBouncesValues.class), this.context.getBean(JdbcClient.class)) {
			@Override
			void delete(List<MailInBox> understood) {
				throw new IllegalStateException("killed");
			}
		};
		crashing.open(new ExecutionContext());
		MailboxReader.FetchedMail mail = java.util.Objects.requireNonNull(crashing.read());
		Intake intake = this.context.getBean(Intake.class);
		CollectedMail understood = new CollectedMail(mail.mail(), intake.readMail(crashing.name(), mail.bytes()));
		BounceWriter writer = new BounceWriter(crashing, intake, this.context.getBean(JdbcClient.class),
				java.time.Clock.systemUTC());
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.context.getBean(TransactionTemplate.class)
				.executeWithoutResult((status) -> writer.write(Chunk.of(understood))))
			.withMessage("killed");
		crashing.close();
		assertThat(this.rows.bounces()).hasSize(1);
		assertThat(subjectsLeft()).hasSize(1);

		assertThat(collect()).isEqualTo(new Collected(1, 0, 0, 0, 0));
		assertThat(this.rows.bounces()).hasSize(1);
		assertThat(subjectsLeft()).isEmpty();
	}

	@Test
	void aFaultWhileRecordingLosesNothing() throws Exception {
		deliver(report(1, "5.1.1", "550 5.1.1 User unknown"));
		this.faulty.set(true);
		assertThatExceptionOfType(Problem.class).isThrownBy(this::collect)
			.withMessageContaining("ended as FAILED")
			.withMessageContaining("still in the mailbox");
		assertThat(this.rows.bounces()).isEmpty();
		assertThat(subjectsLeft()).hasSize(1);
		this.faulty.set(false);
		assertThat(collect()).isEqualTo(new Collected(1, 1, 1, 0, 0));
	}

	@Test
	void moreMailsThanOneChunkAreAllCollected() throws Exception {
		for (int i = 0; i < 60; i++) {
			deliver(report(1 + i % 9, "5.1.1", "550 5.1.1 User unknown, attempt " + i));
		}
		assertThat(collect()).isEqualTo(new Collected(60, 60, 9, 0, 0));
		assertThat(subjectsLeft()).isEmpty();
	}

	@Test
	void aHugeMailIsReadInPart() throws Exception {
		String body = ("x".repeat(998) + "\r\n").repeat(5_000);
		deliver("From: ann@example.net\r\nSubject: huge\r\n\r\n" + body);
		assertThat(collect()).isEqualTo(new Collected(1, 0, 0, 0, 1));
		assertThat(subjectsLeft()).containsExactly("huge");
	}

	@Test
	void whatAPersonClearedAwayIsForgotten() throws Exception {
		deliver("From: ann@example.net\nSubject: a question\n\nHello");
		collect();
		this.server.purgeEmailFromAllMailboxes();
		collect();
		assertThat(this.database.jdbc().sql("SELECT COUNT(*) FROM collected_mail").query(Integer.class).single())
			.isZero();
	}

	@Test
	void aMailboxThatCantBeReachedIsNamed() throws IOException {
		int port = closedPort();
		try (var other = ReturnsApplication.start(this.database, mailbox(this.protocol, port, PASSWORD))) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> other.getBean(CollectBounces.class).run())
				.withMessageContaining(this.protocol + "://127.0.0.1:" + port)
				.withMessageContaining("Connection refused")
				.withMessageContaining("Nothing is lost");
		}
		assertThat(this.database.jdbc()
			.sql("SELECT STATUS FROM BATCH_JOB_EXECUTION ORDER BY JOB_EXECUTION_ID DESC LIMIT 1")
			.query(String.class)
			.single()).isEqualTo("FAILED");
	}

	private static int closedPort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Test
	void aWrongPasswordIsSaidAndNotShown() {
		try (var other = ReturnsApplication.start(this.database,
				mailbox(this.protocol, port(this.server, this.protocol), "wrong-" + PASSWORD))) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> other.getBean(CollectBounces.class).run())
				.withMessageContaining("refuses the username or password")
				.satisfies((problem) -> assertThat(problem.getMessage()).doesNotContain(PASSWORD));
			assertThat(other.getBean(MailboxSettings.class).toString()).doesNotContain(PASSWORD);
		}
	}

	@Test
	void withoutAMailboxTheSettingIsNamed() {
		try (var other = ReturnsApplication.start(this.database)) {
			assertThat(other.getBean(CollectBounces.class).configured()).isFalse();
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> other.getBean(CollectBounces.class).run())
				.withMessageContaining("set herald.bounce.mailbox.host")
				.satisfies((problem) -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
		}
	}

	private record Running(TestDatabase.Opened database, GreenMail server, ConfigurableApplicationContext context,
			AtomicBoolean faulty) {

		static Running start(TestDatabase kind, String protocol) {
			TestDatabase.Opened database = kind.open();
			GreenMail server = new GreenMail(
					new ServerSetup[] { ServerSetup.IMAP.dynamicPort(), ServerSetup.POP3.dynamicPort() });
			server.start();
			ConfigurableApplicationContext context = ReturnsApplication.start(database,
					mailbox(protocol, port(server, protocol), PASSWORD));
			AtomicBoolean faulty = new AtomicBoolean();
			context.addApplicationListener((ApplicationListener<PayloadApplicationEvent<DeliveryReceived>>) (event) -> {
				if (faulty.get()) {
					throw new IllegalStateException("ledger is locked");
				}
			});
			return new Running(database, server, context, faulty);
		}

		void close() {
			this.context.close();
			this.server.stop();
			this.database.close();
		}

	}

}
