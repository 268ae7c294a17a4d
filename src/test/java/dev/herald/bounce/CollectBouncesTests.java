package dev.herald.bounce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import com.icegreen.greenmail.store.FolderException;
import dev.herald.bounce.CollectBounces.Collected;
import dev.herald.problem.Problem;
import dev.herald.testing.ServerPort;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.DeliveryReceived;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
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
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The whole way back, from a mail server's report to the suppression. */
@ParameterizedClass
@CsvSource({ "H2, imap", "MYSQL, imap", "H2, imaps", "H2, pop3", "MYSQL, pop3" })
class CollectBouncesTests {

	private static final String PASSWORD = ReturnsServer.PASSWORD;

	/** Started once for all tests on a database and protocol. */
	private static final Map<String, Running> RUNNING = new HashMap<>();

	private final TestDatabase.Opened database;

	private final String protocol;

	private final ReturnsServer server;

	private final ConfigurableApplicationContext context;

	private final AtomicBoolean faulty;

	private final Rows rows;

	CollectBouncesTests(TestDatabase database, String protocol) {
		Running running = RUNNING.computeIfAbsent(database + protocol, (key) -> Running.start(database, protocol));
		this.database = running.database();
		this.protocol = protocol;
		this.server = running.server();
		this.context = running.context();
		this.faulty = running.faulty();
		this.rows = new Rows(this.database.jdbc());
	}

	private boolean overImap() {
		return this.protocol.startsWith("imap");
	}

	@BeforeEach
	void prepare() throws FolderException {
		this.rows.insert();
		this.server.purge();
		this.faulty.set(false);
	}

	@AfterAll
	static void stop() {
		RUNNING.values().forEach(Running::close);
		RUNNING.clear();
	}

	private void deliver(byte[] mail) throws MessagingException {
		this.server.deliver(mail);
	}

	private void deliver(String mail) throws MessagingException {
		this.server.deliver(mail);
	}

	private DeliveryLinks links() {
		return this.context.getBean(DeliveryLinks.class);
	}

	private byte[] report(int subscriber, String status, String diagnostic) {
		return ReturnsServer.report(links(), subscriber, status, diagnostic);
	}

	private Collected collect() {
		return this.context.getBean(CollectBounces.class).run();
	}

	/** Over IMAP in the folder for review, over POP3 in the mailbox. */
	private List<String> subjectsForReview() throws Exception {
		if (!overImap()) {
			return this.server.left();
		}
		assertThat(this.server.left()).isEmpty();
		if (this.server.folder("Herald.Review") != null) {
			assertThat(this.server.folder("Herald.Review").getMessages())
				.noneMatch((mail) -> mail.getFlags().contains(Flags.Flag.SEEN));
		}
		return this.server.subjects("Herald.Review");
	}

	@Test
	void whatIsUnderstoodIsRecordedAndTheRestWaitsForAPerson() throws Exception {
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
		assertThat(subjectsForReview()).containsExactlyInAnyOrder("a question", "forged", "away too");
		assertThat(this.server.subjects("Herald.Recorded")).hasSize(overImap() ? 5 : 0);

		assertThat(collect()).isEqualTo(new Collected(0, 0, 0, 0, 0));
		assertThat(subjectsForReview()).hasSize(3);
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
		assertThat(this.server.left()).isEmpty();
	}

	@Test
	void aCrashBetweenCommitAndPuttingAwayCountsNothingTwice() throws Exception {
		deliver(report(1, "5.1.1", "550 5.1.1 User unknown"));
		deliver("From: ann@example.net\nSubject: a question\n\nHello");
		MailboxReader crashing = new MailboxReader(this.context.getBean(Mailboxes.class).named("main"),
				this.context.getBean(CollectBouncesValues.class), this.database.jdbc());
		crashing.open(new ExecutionContext());
		List<CollectedMail> mails = List.of(understand(crashing), understand(crashing));
		BounceWriter writer = new BounceWriter(crashing, this.context.getBean(Intake.class), this.database.jdbc(),
				new KilledAfterCommit(this.database.transactionManager()), Clock.systemUTC());
		assertThatExceptionOfType(Killed.class).isThrownBy(() -> writer.write(new Chunk<>(mails)));
		crashing.close();
		assertThat(this.rows.bounces()).hasSize(1);
		assertThat(this.server.left()).hasSize(2);

		// Over POP3 the table has the mail that stays where it is.
		assertThat(collect()).isEqualTo(overImap() ? new Collected(2, 0, 0, 0, 1) : new Collected(1, 0, 0, 0, 0));
		assertThat(this.rows.bounces()).hasSize(1);
		assertThat(subjectsForReview()).containsExactly("a question");
	}

	private CollectedMail understand(MailboxReader reader) {
		MailboxReader.FetchedMail mail = Objects.requireNonNull(reader.read());
		return new CollectedMail.Read(mail.mail(), this.context.getBean(Intake.class).readMail("a test", mail.bytes()));
	}

	@Test
	void aDatabaseThatCantRecordNowLosesNothing() throws Exception {
		deliver(report(1, "5.1.1", "550 5.1.1 User unknown"));
		this.faulty.set(true);
		assertThatExceptionOfType(Problem.class).isThrownBy(this::collect)
			.withMessageContaining("mailbox main) ended as FAILED")
			.withMessageContaining("still in the mailbox");
		assertThat(this.rows.bounces()).isEmpty();
		assertThat(this.server.left()).hasSize(1);
		this.faulty.set(false);
		assertThat(collect()).isEqualTo(new Collected(1, 1, 1, 0, 0));
	}

	@Test
	void moreMailsThanOneChunkAreAllCollected() throws Exception {
		for (int i = 0; i < 60; i++) {
			deliver(report(1 + i % 9, "5.1.1", "550 5.1.1 User unknown, attempt " + i));
		}
		assertThat(collect()).isEqualTo(new Collected(60, 60, 9, 0, 0));
		assertThat(this.server.left()).isEmpty();
	}

	@Test
	void aHugeMailIsReadInPart() throws Exception {
		String body = ("x".repeat(998) + "\r\n").repeat(5_000);
		deliver("From: ann@example.net\r\nSubject: huge\r\n\r\n" + body);
		assertThat(collect()).isEqualTo(new Collected(1, 0, 0, 0, 1));
		assertThat(subjectsForReview()).containsExactly("huge");
	}

	@Test
	void whatAPersonClearedAwayIsForgotten() throws Exception {
		deliver("From: ann@example.net\nSubject: a question\n\nHello");
		collect();
		assertThat(remembered()).isEqualTo(overImap() ? 0 : 1);
		this.server.purge();
		collect();
		assertThat(remembered()).isZero();
	}

	private int remembered() {
		return this.database.jdbc().sql("SELECT COUNT(*) FROM collected_mail").query(Integer.class).single();
	}

	@Test
	void aMailboxThatCantBeReachedIsNamed() throws IOException {
		int port = ServerPort.find();
		try (var other = ReturnsApplication.start(this.database,
				ReturnsServer.mailbox("main", this.protocol, port, PASSWORD))) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> other.getBean(CollectBounces.class).run())
				.withMessageContaining("main (" + this.protocol + "://127.0.0.1:" + port)
				.withMessageContaining("herald.bounce.mailboxes.main.*")
				.withMessageContaining("Connection refused")
				.withMessageContaining("Nothing is lost");
		}
		assertThat(this.database.jdbc()
			.sql("SELECT STATUS FROM BATCH_JOB_EXECUTION ORDER BY JOB_EXECUTION_ID DESC LIMIT 1")
			.query(String.class)
			.single()).isEqualTo("FAILED");
	}

	@Test
	void aWrongPasswordIsSaidAndNotShown() {
		try (var other = ReturnsApplication.start(this.database,
				ReturnsServer.mailbox("main", this.protocol, this.server.port(this.protocol), "wrong-" + PASSWORD))) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> other.getBean(CollectBounces.class).run())
				.withMessageContaining("refuses the username or password")
				.satisfies((problem) -> assertThat(problem.getMessage()).doesNotContain(PASSWORD));
			assertThat(other.getBean(Mailboxes.class).toString()).doesNotContain(PASSWORD);
		}
	}

	@Test
	void withoutAMailboxTheSettingIsNamed() {
		try (var other = ReturnsApplication.start(this.database)) {
			assertThat(other.getBean(CollectBounces.class).mailboxes()).isZero();
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> other.getBean(CollectBounces.class).run())
				.withMessageContaining("set herald.bounce.mailboxes.main.host")
				.satisfies((problem) -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
		}
	}

	private record Running(TestDatabase.Opened database, ReturnsServer server, ConfigurableApplicationContext context,
			AtomicBoolean faulty) {

		static Running start(TestDatabase kind, String protocol) {
			TestDatabase.Opened database = kind.open();
			ReturnsServer server = new ReturnsServer();
			ConfigurableApplicationContext context = ReturnsApplication.start(database,
					server.mailbox("main", protocol));
			AtomicBoolean faulty = new AtomicBoolean();
			context.addApplicationListener((ApplicationListener<PayloadApplicationEvent<DeliveryReceived>>) (event) -> {
				if (faulty.get()) {
					throw new CannotAcquireLockException("ledger is locked");
				}
			});
			return new Running(database, server, context, faulty);
		}

		void close() {
			this.context.close();
			this.server.close();
			this.database.close();
		}

	}

	/** What no code can catch and go on. */
	private static final class Killed extends Error {

	}

	private static final class KilledAfterCommit extends TransactionTemplate {

		KilledAfterCommit(PlatformTransactionManager transactionManager) {
			super(transactionManager);
		}

		@Override
		public <T> T execute(TransactionCallback<T> action) {
			super.execute(action);
			throw new Killed();
		}

	}

}
