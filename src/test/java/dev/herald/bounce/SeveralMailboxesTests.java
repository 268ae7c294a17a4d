package dev.herald.bounce;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.herald.bounce.CollectBounces.Collected;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryLinks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SeveralMailboxesTests {

	private final TestDatabase.Opened database;

	private final ReturnsServer first = new ReturnsServer();

	private final ReturnsServer second = new ReturnsServer();

	private final Rows rows;

	private final Map<String, Collected> told = new LinkedHashMap<>();

	SeveralMailboxesTests(TestDatabase kind) {
		this.database = kind.open();
		this.rows = new Rows(this.database.jdbc());
	}

	@BeforeEach
	void prepare() throws Exception {
		this.rows.insert();
		try (var context = start()) {
			DeliveryLinks links = context.getBean(DeliveryLinks.class);
			this.first.deliver(ReturnsServer.report(links, 1, "5.1.1", "550 5.1.1 User unknown"));
			this.first.deliver("From: ann@example.net\nSubject: a question\n\nHello");
			this.second.deliver(ReturnsServer.report(links, 2, "5.2.2", "552 5.2.2 Mailbox full"));
			this.second.deliver(ReturnsServer.report(links, 3, "5.1.1", "550 5.1.1 User unknown"));
		}
	}

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
		this.database.close();
	}

	private ConfigurableApplicationContext start(String[]... mailboxes) {
		return ReturnsApplication.start(this.database,
				Stream.of(mailboxes).flatMap(Arrays::stream).toArray(String[]::new));
	}

	private List<String> executions() {
		return this.database.jdbc().sql("""
				SELECT CONCAT(p.PARAMETER_VALUE, ' ', e.STATUS)
				FROM BATCH_JOB_EXECUTION e JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID
				WHERE p.PARAMETER_NAME = 'mailbox' ORDER BY e.JOB_EXECUTION_ID
				""").query(String.class).list();
	}

	@Test
	void eachIsReadInARunOfItsOwnAndTheCountsAddUp() {
		try (var context = start(this.first.mailbox("first", "imap"), this.second.mailbox("second", "pop3"))) {
			Collected all = context.getBean(CollectBounces.class).run(this.told::put);

			assertThat(all).isEqualTo(new Collected(4, 3, 2, 0, 1));
			assertThat(this.told).containsExactly(Map.entry("first", new Collected(2, 1, 1, 0, 1)),
					Map.entry("second", new Collected(2, 2, 1, 0, 0)));
			assertThat(executions()).containsExactly("first COMPLETED", "second COMPLETED");
		}
	}

	@Test
	void oneThatIsDownStopsNoOtherAndIsNamed() throws Exception {
		String[] down = ReturnsServer.mailbox("a-down", "imap", 1, ReturnsServer.PASSWORD);
		String[] locked = ReturnsServer.mailbox("locked", "pop3", this.first.port("pop3"), "wrong");
		try (var context = start(down, locked, this.second.mailbox("z-up", "imap"))) {
			assertThatExceptionOfType(Problem.class)
				.isThrownBy(() -> context.getBean(CollectBounces.class).run(this.told::put))
				.withMessageContaining("a-down (imap://127.0.0.1:1/INBOX) can't be read: ")
				.withMessageContaining("locked (pop3://127.0.0.1:%d/INBOX) can't be read: it refuses",
						this.first.port("pop3"))
				.satisfies((problem) -> assertThat(problem.getMessage()).doesNotContain("z-up"));
			assertThat(this.told).containsExactly(Map.entry("z-up", new Collected(2, 2, 1, 0, 0)));
			assertThat(executions()).containsExactly("a-down FAILED", "locked FAILED", "z-up COMPLETED");
		}
		assertThat(this.second.left()).isEmpty();
	}

	@Test
	void whatOneMailboxRemembersIsNotForgottenForAnother() throws Exception {
		this.second.deliver("From: ann@example.net\nSubject: another question\n\nHello");
		try (var context = start(this.first.mailbox("first", "pop3"), this.second.mailbox("second", "pop3"))) {
			CollectBounces collectBounces = context.getBean(CollectBounces.class);
			assertThat(collectBounces.run().left()).isEqualTo(2);
			assertThat(collectBounces.run().read()).isZero();
			this.first.purge();
			assertThat(collectBounces.run().read()).isZero();
			assertThat(this.second.left()).containsExactly("another question");
		}
	}

	/** The token names the delivery wherever its report comes in. */
	@Test
	void oneReportInTwoMailboxesCountsOnce() throws Exception {
		try (var context = start(this.first.mailbox("first", "imap"), this.second.mailbox("second", "pop3"))) {
			byte[] report = ReturnsServer.report(context.getBean(DeliveryLinks.class), 9, "5.1.1",
					"550 5.1.1 User unknown");
			this.first.deliver(report);
			this.second.deliver(report);
			context.getBean(CollectBounces.class).run();
			assertThat(this.rows.bounces()).filteredOn((bounce) -> bounce.startsWith("9 ")).hasSize(1);
		}
	}

}
