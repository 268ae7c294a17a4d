package dev.herald.bounce;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.bounce.BounceRecording.Outcome;
import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.delivery.DeliveriesMoved;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryReceived;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class BounceRecordingTests {

	private static final String SHA = "a".repeat(64);

	/** Started once for all tests on a database. */
	private static final Map<TestDatabase, Running> RUNNING = new EnumMap<>(TestDatabase.class);

	private final TestDatabase.Opened database;

	private final ConfigurableApplicationContext context;

	private final Rows rows;

	private final List<DeliveryReceived> received;

	BounceRecordingTests(TestDatabase database) {
		Running running = RUNNING.computeIfAbsent(database, Running::start);
		this.database = running.database();
		this.context = running.context();
		this.rows = new Rows(this.database.jdbc());
		this.received = running.received();
	}

	@BeforeEach
	void prepare() {
		this.rows.insert();
		this.received.clear();
	}

	@AfterAll
	static void stop() {
		RUNNING.values().forEach(Running::close);
		RUNNING.clear();
	}

	private BounceRecording recording() {
		return this.context.getBean(BounceRecording.class);
	}

	private static Report bounce(ReportedRecipient... recipients) {
		return new Report(Kind.BOUNCE, List.of(recipients));
	}

	private static ReportedRecipient hard(String address) {
		return new ReportedRecipient(address, "5.1.1", "failed", BounceClass.HARD, "userunknown", "550 unknown");
	}

	private static ReportedRecipient soft(String address) {
		return new ReportedRecipient(address, "5.2.2", "failed", BounceClass.SOFT, "mailboxfull", "552 full 💣");
	}

	private static Report complaint() {
		return new Report(Kind.COMPLAINT,
				List.of(new ReportedRecipient("", "", "", BounceClass.NONE, "complaint", "Feedback-Type: abuse")));
	}

	@Test
	void aHardBounceSuppressesTheSubscribersAddressOnce() {
		assertThat(recording().record(Rows.delivery(1), bounce(hard("forwarded@elsewhere.example")), SHA))
			.isEqualTo(new Outcome(true, true));
		assertThat(this.rows.bounces()).containsExactly("1 HARD userunknown");
		assertThat(this.rows.suppressed()).containsExactly("reader1@example.net HARD_BOUNCE");
		assertThat(this.received).containsExactly(new DeliveryReceived(Rows.delivery(1)));
	}

	@Test
	void theSameReportAgainChangesNothingEvenAfterTheSuppressionWasLifted() {
		recording().record(Rows.delivery(1), bounce(hard(Rows.address(1))), SHA);
		this.database.jdbc().sql("DELETE FROM suppression").update();
		assertThat(recording().record(Rows.delivery(1), bounce(hard(Rows.address(1))), SHA))
			.isEqualTo(Outcome.NOTHING_NEW);
		assertThat(this.rows.bounces()).hasSize(1);
		assertThat(this.rows.suppressed()).isEmpty();
	}

	@Test
	void theBouncesOfARehearsalAreNotThoseOfTheSendAfterIt() {
		String delivery = """
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				VALUES (7, 1, ?, 2, 0, 1, 0, 0, 0)
				""";
		this.database.jdbc().sql(delivery).param(1).update();
		recording().record(Rows.delivery(1), bounce(hard(Rows.address(1))), SHA);
		Bounces bounces = this.context.getBean(Bounces.class);
		assertThat(bounces.page(BounceQuery.of(7), Long.MAX_VALUE, 10)).hasSize(1);

		this.database.jdbc().sql("DELETE FROM delivery").update();
		this.database.jdbc().sql(delivery).param(2).update();
		this.context.publishEvent(new DeliveriesMoved(7));

		assertThat(bounces.page(BounceQuery.of(7), Long.MAX_VALUE, 10)).isEmpty();
		assertThat(bounces.countsOf(7)).isEmpty();
		recording().record(Rows.delivery(1), bounce(soft(Rows.address(1))), "b".repeat(64));
		assertThat(bounces.countsOf(7)).containsExactly(new Bounces.BounceCount(BounceClass.SOFT, "mailboxfull", 1));
	}

	@Test
	void aSoftBounceSuppressesNobody() {
		assertThat(recording().record(Rows.delivery(2), bounce(soft(Rows.address(2))), SHA))
			.isEqualTo(new Outcome(true, false));
		assertThat(this.rows.bounces()).containsExactly("2 SOFT mailboxfull");
		assertThat(this.rows.suppressed()).isEmpty();
	}

	@Test
	void aNoticeOfDelayOnlyShowsThatTheMailArrivedSomewhere() {
		assertThat(recording().record(Rows.delivery(3), bounce(
				new ReportedRecipient(Rows.address(3), "4.4.1", "delayed", BounceClass.NONE, "none", "timed out")),
				SHA))
			.isEqualTo(Outcome.NOTHING_NEW);
		assertThat(this.rows.bounces()).isEmpty();
		assertThat(this.received).containsExactly(new DeliveryReceived(Rows.delivery(3)));
	}

	@Test
	void oneDeadMemberOfAnAliasDoesNotMakeTheAliasDead() {
		recording().record(Rows.delivery(1), bounce(hard("x@elsewhere.example"), soft("y@elsewhere.example")), SHA);
		recording().record(Rows.delivery(2), bounce(soft("y@elsewhere.example"), hard("READER2@example.net")), SHA);
		assertThat(this.rows.bounces()).containsExactly("1 SOFT mailboxfull", "2 HARD userunknown");
		assertThat(this.rows.suppressed()).containsExactly("reader2@example.net HARD_BOUNCE");
	}

	@Test
	void aComplaintUnsubscribesAndSuppressesOnce() {
		assertThat(recording().record(Rows.delivery(4), complaint(), SHA)).isEqualTo(new Outcome(false, true));
		assertThat(recording().record(Rows.delivery(4), complaint(), SHA)).isEqualTo(Outcome.NOTHING_NEW);
		assertThat(this.rows.state(4)).isEqualTo("UNSUBSCRIBED");
		assertThat(this.rows.suppressed()).containsExactly("reader4@example.net COMPLAINT");
		assertThat(this.rows.bounces()).containsExactly("4 NONE complaint");
		assertThat(bounces().countsOf(Rows.ISSUE)).isEmpty();
		assertThat(page(BounceQuery.of(Rows.ISSUE), 10)).isEmpty();
	}

	private Bounces bounces() {
		return this.context.getBean(Bounces.class);
	}

	@Test
	void aReportAboutAForgottenSubscriberIsRecordedAndSuppressesNobody() {
		assertThat(recording().record(Rows.delivery(99), bounce(hard("gone@example.net")), SHA))
			.isEqualTo(new Outcome(true, false));
		assertThat(recording().record(Rows.delivery(99), complaint(), "b".repeat(64)).suppressed()).isFalse();
		assertThat(this.rows.suppressed()).isEmpty();
	}

	@Test
	void nothingIsHalfRecorded() {
		TransactionTemplate transactions = this.context.getBean(TransactionTemplate.class);
		assertThatIllegalStateException().isThrownBy(() -> transactions.executeWithoutResult((status) -> {
			recording().record(Rows.delivery(1), bounce(hard(Rows.address(1))), SHA);
			throw new IllegalStateException("the database went away");
		}));
		assertThat(this.rows.bounces()).isEmpty();
		assertThat(this.rows.suppressed()).isEmpty();
	}

	@Test
	void bouncesAreListedNewestFirstAndCountedByRecipient() {
		recording().record(Rows.delivery(1), bounce(soft(Rows.address(1))), SHA);
		recording().record(Rows.delivery(1), bounce(soft(Rows.address(1))), "b".repeat(64));
		recording().record(Rows.delivery(2), bounce(hard(Rows.address(2))), SHA);
		assertThat(bounces().countsOf(Rows.ISSUE)).containsExactly(new BounceCount(BounceClass.HARD, "userunknown", 1),
				new BounceCount(BounceClass.SOFT, "mailboxfull", 1));
		assertThat(page(BounceQuery.of(Rows.ISSUE), 2)).extracting(Bounces.RecordedBounce::address)
			.containsExactly(EmailAddress.parse(Rows.address(2)), EmailAddress.parse(Rows.address(1)));
		assertThat(page(BounceQuery.of(8), 2)).isEmpty();
	}

	@Test
	void aListOfBouncesIsNarrowedAndGoesOnBehindItsLast() {
		for (int reader = 1; reader <= 4; reader++) {
			recording().record(Rows.delivery(reader),
					bounce((reader % 2 == 0) ? hard(Rows.address(reader)) : soft(Rows.address(reader))), SHA);
		}
		List<Bounces.RecordedBounce> first = page(BounceQuery.of(Rows.ISSUE), 3);
		assertThat(first).extracting(Bounces.RecordedBounce::subscriberId).containsExactly(4, 3, 2);
		assertThat(bounces().page(BounceQuery.of(Rows.ISSUE), first.get(2).id(), 3))
			.extracting(Bounces.RecordedBounce::subscriberId)
			.containsExactly(1);
		assertThat(page(new BounceQuery(Rows.ISSUE, BounceClass.HARD, null, ""), 9)).hasSize(2);
		assertThat(page(new BounceQuery(Rows.ISSUE, null, "mailboxfull", ""), 9)).hasSize(2);
		assertThat(page(new BounceQuery(Rows.ISSUE, BounceClass.HARD, "mailboxfull", ""), 9)).isEmpty();
		assertThat(page(new BounceQuery(Rows.ISSUE, null, null, "READER3"), 9))
			.extracting(Bounces.RecordedBounce::subscriberId)
			.containsExactly(3);
		assertThat(page(new BounceQuery(Rows.ISSUE, null, null, "' OR 1=1 --"), 9)).isEmpty();
	}

	private List<Bounces.RecordedBounce> page(BounceQuery query, int limit) {
		return bounces().page(query, Long.MAX_VALUE, limit);
	}

	private record Running(TestDatabase.Opened database, ConfigurableApplicationContext context,
			List<DeliveryReceived> received) {

		static Running start(TestDatabase kind) {
			TestDatabase.Opened database = kind.open();
			List<DeliveryReceived> received = new ArrayList<>();
			ConfigurableApplicationContext context = ReturnsApplication.start(database);
			context.addApplicationListener(
					(ApplicationListener<PayloadApplicationEvent<DeliveryReceived>>) (event) -> received
						.add(event.getPayload()));
			return new Running(database, context, received);
		}

		void close() {
			this.context.close();
			this.database.close();
		}

	}

}
