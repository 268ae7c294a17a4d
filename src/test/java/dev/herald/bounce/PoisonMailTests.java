package dev.herald.bounce;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.herald.bounce.CollectBounces.Collected;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.DeliveryReceived;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A mail that can't be recorded, among mails that can. */
@ParameterizedClass
@CsvSource({ "H2, imap", "MYSQL, imap" })
@ExtendWith(OutputCaptureExtension.class)
class PoisonMailTests {

	private static final int POISONED = 5;

	private final String protocol;

	private final TestDatabase.Opened database;

	private final ReturnsServer server = new ReturnsServer();

	private final ConfigurableApplicationContext context;

	private final Rows rows;

	private @Nullable Supplier<RuntimeException> fault;

	private boolean everyMail;

	PoisonMailTests(TestDatabase kind, String protocol) {
		this.protocol = protocol;
		this.database = kind.open();
		this.rows = new Rows(this.database.jdbc());
		this.context = ReturnsApplication.start(this.database, this.server.mailbox("main", protocol));
		this.context
			.addApplicationListener((ApplicationListener<PayloadApplicationEvent<DeliveryReceived>>) (event) -> {
				Supplier<RuntimeException> now = this.fault;
				if (now != null && (this.everyMail || event.getPayload().delivery().subscriberId() == POISONED)) {
					throw now.get();
				}
			});
	}

	@BeforeEach
	void prepare() throws Exception {
		this.rows.insert();
		for (int subscriber = 1; subscriber <= 9; subscriber++) {
			this.server.deliver(subject("report " + subscriber, ReturnsServer
				.report(this.context.getBean(DeliveryLinks.class), subscriber, "5.1.1", "550 5.1.1 User unknown")));
		}
	}

	private static String subject(String subject, byte[] report) {
		return new String(report, StandardCharsets.UTF_8).replace("Undelivered mail returned to sender", subject);
	}

	@AfterEach
	void close() {
		this.context.close();
		this.server.close();
		this.database.close();
	}

	private Collected collect() {
		return this.context.getBean(CollectBounces.class).run();
	}

	private List<String> forReview() throws Exception {
		return this.protocol.equals("imap") ? this.server.subjects("Herald.Review") : this.server.left();
	}

	@Test
	void aMailThatHeraldHasAFaultWithGoesToReviewAndTheOthersAreRecorded(CapturedOutput output) throws Exception {
		this.fault = () -> new IllegalStateException("reader5@example.net is odd");

		assertThat(collect()).isEqualTo(new Collected(9, 8, 8, 0, 1));

		assertThat(this.rows.bounces()).hasSize(8).noneMatch((bounce) -> bounce.startsWith("5 "));
		assertThat(forReview()).containsExactly("report 5");
		assertThat(output).contains("is for review: IllegalStateException at PoisonMailTests.java:")
			.doesNotContain("reader5@example.net");
		assertThat(collect()).isEqualTo(new Collected(0, 0, 0, 0, 0));
	}

	@Test
	void aValueThatTheDatabaseRefusesIsTheMailsToo() throws Exception {
		this.fault = () -> new DataIntegrityViolationException("Data too long for column 'evidence'");

		assertThat(collect()).isEqualTo(new Collected(9, 8, 8, 0, 1));

		assertThat(forReview()).containsExactly("report 5");
	}

	@Test
	void putBackAfterTheFaultIsMendedItIsRecorded() throws Exception {
		this.fault = () -> new IllegalStateException("broken");
		collect();
		this.fault = null;
		this.server.purge();
		this.server.deliver(ReturnsServer.report(this.context.getBean(DeliveryLinks.class), POISONED, "5.1.1",
				"550 5.1.1 User unknown"));

		assertThat(collect()).isEqualTo(new Collected(1, 1, 1, 0, 0));
	}

	@Test
	void aDatabaseThatIsDownSendsNothingToReview() throws Exception {
		List<Supplier<RuntimeException>> faults = List.of(
				() -> new CannotGetJdbcConnectionException("gone", new SQLException("Connection refused")),
				() -> new CannotCreateTransactionException("gone"),
				() -> new UncategorizedSQLException("insert", "INSERT", new SQLException("--read-only", "HY000", 1290)),
				() -> new IllegalStateException("wrapped", new SQLException("Connection is closed")));
		for (Supplier<RuntimeException> one : faults) {
			this.fault = one;
			this.everyMail = true;
			assertThatExceptionOfType(Problem.class).isThrownBy(this::collect).withMessageContaining("Nothing is lost");
			assertThat(this.rows.bounces()).isEmpty();
			assertThat(this.server.left()).hasSize(9);
		}
		this.fault = null;
		assertThat(collect()).isEqualTo(new Collected(9, 9, 9, 0, 0));
	}

	@Test
	void aDatabaseThatGoesDownBetweenTwoMailsKeepsWhatWasRecordedAndLeavesTheRest() throws Exception {
		this.fault = () -> new CannotCreateTransactionException("gone");

		assertThatExceptionOfType(Problem.class).isThrownBy(this::collect);

		assertThat(this.rows.bounces()).hasSize(4);
		this.fault = null;
		collect();
		assertThat(this.rows.bounces()).hasSize(9);
		assertThat(this.server.left()).isEmpty();
		assertThat(this.server.subjects("Herald.Review")).isEmpty();
	}

	@Test
	void aMailThatTheServerDoesNotHandOutHoldsUpNoOther() throws Exception {
		assumeThat(this.protocol).as("a server's answers over IMAP").isEqualTo("imap");
		Function<String, Optional<String>> broken = (command) -> command.matches("FETCH 5 .*BODY.*")
				? Optional.of("TAG NO [SERVERBUG] Internal error\r\n") : Optional.empty();
		try (ImapProxy proxy = ImapProxy.answering(this.server.port("imap"), (line) -> line, broken);
				var other = ReturnsApplication.start(this.database,
						ReturnsServer.mailbox("main", "imap", proxy.port(), ReturnsServer.PASSWORD))) {
			assertThat(other.getBean(CollectBounces.class).run()).isEqualTo(new Collected(9, 8, 8, 0, 1));
		}
		assertThat(forReview()).containsExactly("report 5");
	}

	@Test
	void aConnectionThatBreaksWhileReadingSendsNothingToReview() throws Exception {
		assumeThat(this.protocol).as("a server's answers over IMAP").isEqualTo("imap");
		Function<String, Optional<String>> broken = (command) -> command.matches("FETCH 5 .*BODY.*")
				? Optional.of("* BYE I am going\r\n") : Optional.empty();
		try (ImapProxy proxy = ImapProxy.answering(this.server.port("imap"), (line) -> line, broken);
				var other = ReturnsApplication.start(this.database, ReturnsServer.mailbox("main", "imap", proxy.port(),
						ReturnsServer.PASSWORD, "read-timeout=1s"))) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> other.getBean(CollectBounces.class).run())
				.withMessageContaining("can't be read");
		}
		assertThat(this.server.left()).hasSize(9);
		assertThat(collect()).isEqualTo(new Collected(9, 9, 9, 0, 0));
	}

}
