package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A resend that was asked for on a page, of an issue of nine readers: 1 to 3 were
 * rejected, 4 expired, 5 is uncertain, the others have it. Until it begins, nothing is
 * changed.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ResendUndoTests extends SendTest {

	private static final EnumSet<DeliveryState> MISSED = EnumSet.of(DeliveryState.REJECTED, DeliveryState.EXPIRED);

	private static final String ANN = "ann@example.org";

	private final ScriptedSmtpServer relay = ScriptedSmtpServer.start();

	private TestHerald herald;

	private final Newsletter newsletter;

	private final Issue issue;

	ResendUndoTests(TestDatabase database) {
		super(database);
		this.herald = herald(this.relay.port());
		this.newsletter = this.herald.newsletter("weekly", 9);
		this.issue = this.herald.issue(this.newsletter, "one");
		Send first = schedule(this.herald, this.issue);
		this.herald.get(AudienceFreeze.class)
			.freeze(first.id(), this.issue.id(), this.newsletter.id(), (recipients) -> List.of());
		for (int reader = 1; reader <= 9; reader++) {
			is(reader, (reader <= 3) ? DeliveryState.REJECTED : (reader == 4) ? DeliveryState.EXPIRED
					: (reader == 5) ? DeliveryState.UNCERTAIN : DeliveryState.ACCEPTED);
		}
		this.database.jdbc().sql("UPDATE delivery SET attempts = 3, changed_at = 200000000 + subscriber_id").update();
		this.database.jdbc()
			.sql("INSERT INTO delivery_reply VALUES (?, ?, 550, '5.7.1', '550 5.7.1 not now', '2026-11-24 08:00:00')")
			.params(this.issue.id(), idOf("reader1@example.org"))
			.update();
		this.database.jdbc().sql("UPDATE send SET status = 'DONE'").update();
	}

	@AfterEach
	void end() {
		this.herald.close();
		this.relay.close();
	}

	@Test
	void noMailLeavesBeforeTheWindowIsOverAndUndoneEveryRowIsWhatItWas() {
		List<Object> before = ledger();
		Selection shown = select();
		Instant asked = Instant.now();

		Send send = ask(shown);

		assertThat(send.dueAt()).isBetween(asked.plusMillis(29_999), Instant.now().plusSeconds(30));
		assertThat(send.audience()).isNull();
		assertThat(send.isMovable()).isFalse();
		assertThat(this.herald.get(Sends.class).audienceNow(this.issue, send))
			.isEqualTo(new Send.Audience(4, 4, 0, 0, 0, 0, 0));
		assertThat(this.herald.get(SendRunner.class).runRound(send.id()))
			.isEqualTo(new SendRunner.RoundResult.Again(send.dueAt()));
		assertThat(ledger()).isEqualTo(before);
		assertThat(this.herald.get(SendDecisions.class).cancelUnlessUndone(send.id(), ANN)).isTrue();
		this.herald.get(StoppedSends.class).settle();
		assertThat(status(send)).isEqualTo(SendStatus.CANCELLED);
		assertThat(ledger()).isEqualTo(before);
		assertThat(listed()).isZero();
		assertThat(this.relay.recipients()).isEmpty();
		Send again = ask(select());
		assertThat(run(again)).containsExactlyInAnyOrder(reader(1), reader(2), reader(3), reader(4));
		assertThat(counts(this.herald, this.issue)).hasSize(2).containsEntry(DeliveryState.ACCEPTED, 8);
	}

	@Test
	void whoLeavesOrIsSettledWithinTheWindowIsLeftOutAndCountedAndNobodyJoins() {
		this.herald.get(Subscriptions.class)
			.unsubscribe(this.newsletter.id(), idOf(reader(4)), ConsentSource.ADMIN, null);
		Send send = ask(select());
		this.herald.get(Subscriptions.class)
			.unsubscribe(this.newsletter.id(), idOf(reader(1)), ConsentSource.ONE_CLICK, this.issue.id());
		this.herald.get(Suppressions.class)
			.suppress(EmailAddress.parse(reader(2)), SuppressionReason.ADMIN, "asked by letter", "ann");
		is(6, DeliveryState.REJECTED);

		assertThat(run(send)).containsExactly(reader(3));

		assertThat(byId(send).audience()).isEqualTo(new Send.Audience(4, 1, 0, 2, 1, 0, 0));
		assertThat(counts(this.herald, this.issue)).containsEntry(DeliveryState.REJECTED, 3)
			.containsEntry(DeliveryState.EXPIRED, 1);
	}

	@Test
	void whatIsSettledWithinTheWindowIsNotSentAgain() {
		Send send = this.herald.get(Resends.class)
			.sendUnlessUndone(this.herald.get(Resends.class).selectUncertain(this.issue), false, ANN);
		assertThat(this.herald.get(Resends.class).accept(this.herald.get(Resends.class).selectUncertain(this.issue)))
			.isEqualTo(1);

		assertThat(run(send)).isEmpty();

		assertThat(byId(send).audience()).isEqualTo(new Send.Audience(1, 0, 0, 0, 0, 0, 1));
		assertThat(byId(send).status()).isEqualTo(SendStatus.DONE);
		assertThat(counts(this.herald, this.issue)).containsEntry(DeliveryState.ACCEPTED, 5);
	}

	@Test
	void ofTwoWhoAskAndOfTwoWhoUndoOneDoes() throws Exception {
		List<Object> before = ledger();
		Selection shown = select();
		List<Object> asked = both(() -> ask(shown));
		assertThat(asked).hasSize(2)
			.filteredOn(Problem.class::isInstance)
			.singleElement()
			.asString()
			.contains("under way already (scheduled, asked for by ann@example.org)");
		Send send = this.herald.get(Sends.class).unfinishedOf(this.issue.id()).orElseThrow();

		assertThat(both(() -> this.herald.get(SendDecisions.class).cancelUnlessUndone(send.id(), ANN)))
			.containsExactlyInAnyOrder(true, false);

		assertThat(ledger()).isEqualTo(before);
	}

	@Test
	void aRestartWithinTheWindowChangesNothing() {
		List<Object> before = ledger();
		Send send = ask(select());
		this.herald.close();
		this.herald = herald(this.relay.port());
		assertThat(this.herald.get(SendRunner.class).runRound(send.id()))
			.isInstanceOf(SendRunner.RoundResult.Again.class);
		assertThat(this.herald.get(SendDecisions.class).cancelUnlessUndone(send.id(), ANN)).isTrue();
		assertThat(ledger()).isEqualTo(before);
		Send again = ask(select());
		this.herald.close();
		this.herald = herald(this.relay.port());
		assertThat(run(again)).hasSize(4).doesNotHaveDuplicates();
	}

	@Test
	void anUndoAtTheLastMomentLeavesEverythingAndOneThatIsTooLateIsACancelling() {
		List<Object> before = ledger();
		SendDecisions decisions = this.herald.get(SendDecisions.class);
		Send undone = ask(select());
		acquire(undone);
		assertThat(decisions.cancelUnlessUndone(undone.id(), ANN)).isTrue();
		this.herald.get(ResendList.class).takeOver(undone, this.newsletter.id());
		assertThat(byId(undone).audience()).isNull();
		assertThat(ledger()).isEqualTo(before);
		Send begun = ask(select());
		acquire(begun);
		this.herald.get(ResendList.class).takeOver(begun, this.newsletter.id());
		this.herald.get(ResendList.class).takeOver(begun, this.newsletter.id());
		this.herald.get(SendStore.class).disown(begun.id(), "a process");

		assertThat(decisions.cancelUnlessUndone(begun.id(), ANN)).isTrue();

		assertThat(byId(begun).isCancelling()).isTrue();
		assertThat(decisions.takeCancellingBack(begun.id())).isTrue();
		assertThat(counts(this.herald, this.issue)).containsEntry(DeliveryState.READY, 4);
		assertThat(run(begun)).hasSize(4);
		assertThat(decisions.cancelUnlessUndone(begun.id(), ANN)).as("too late").isFalse();
	}

	@Test
	void oneThatWaitsForAnApprovalLeavesEveryRowAsItIs() {
		this.database.jdbc().sql("UPDATE newsletter SET approval = 1").update();
		List<Object> before = ledger();
		Send send = ask(select());
		assertThat(send.awaitsApproval()).isTrue();
		assertThat(ledger()).isEqualTo(before);
		SendDecisions decisions = this.herald.get(SendDecisions.class);
		String seen = this.herald.get(Sends.class).review(send).fingerprint();
		assertThat(decisions.approve(send.id(), "bob@example.org", seen)).isTrue();
		assertThat(byId(send).dueAt()).isAfter(Instant.now().plusSeconds(20));
		assertThat(decisions.cancelUnlessUndone(send.id(), ANN)).isTrue();
		assertThat(ledger()).isEqualTo(before);
	}

	@Test
	void itIsNotMovedToAnotherTime() {
		Send send = ask(select());
		SendPlan tomorrow = new SendPlan(Instant.now().plus(Duration.ofDays(1)), send.zone(), null, true);
		assertThat(this.herald.get(SendDecisions.class).move(send.id(), tomorrow)).isFalse();
		assertThat(byId(send).dueAt()).isEqualTo(send.dueAt());
	}

	private Selection select() {
		return this.herald.get(Resends.class).select(this.herald.get(Issues.class).byId(this.issue.id()), MISSED);
	}

	private Send ask(Selection selection) {
		return this.herald.get(Resends.class).sendUnlessUndone(selection, false, ANN);
	}

	private void acquire(Send send) {
		due(send);
		assertThat(this.herald.get(SendStore.class).acquire(send.id(), "a process", Duration.ofMinutes(1))).isTrue();
	}

	private void due(Send send) {
		this.database.jdbc().sql("UPDATE send SET due_at = created_at WHERE id = ?").param(send.id()).update();
	}

	/** After the window, to the end. */
	private List<String> run(Send send) {
		due(send);
		assertThat(this.herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Finished.class);
		assertThat(listed()).isZero();
		return this.relay.recipients();
	}

	private Send byId(Send send) {
		return this.herald.get(Sends.class).byId(send.id());
	}

	private SendStatus status(Send send) {
		return byId(send).status();
	}

	/** Every column of every row, and what the relay said. */
	private List<Object> ledger() {
		List<Object> rows = new ArrayList<>(
				this.database.jdbc().sql("SELECT * FROM delivery ORDER BY subscriber_id").query().listOfRows());
		rows.addAll(this.database.jdbc().sql("SELECT * FROM delivery_reply").query().listOfRows());
		return rows;
	}

	private int listed() {
		return Objects.requireNonNull(
				this.database.jdbc().sql("SELECT COUNT(*) FROM resend_delivery").query(Integer.class).single());
	}

	private void is(int reader, DeliveryState state) {
		this.database.jdbc()
			.sql("UPDATE delivery SET state = ? WHERE subscriber_id = ?")
			.params(state.code(), idOf(reader(reader)))
			.update();
	}

	private static String reader(int number) {
		return "reader" + number + "@example.org";
	}

	/** At once; what each came to, a problem as well. */
	private static List<Object> both(Callable<?> action) throws InterruptedException {
		ExecutorService two = Executors.newFixedThreadPool(2);
		try {
			List<Object> results = new ArrayList<>();
			for (Future<?> result : List.of(two.submit(action), two.submit(action))) {
				try {
					results.add(result.get());
				}
				catch (ExecutionException ex) {
					results.add(ex.getCause());
				}
			}
			return results;
		}
		finally {
			two.shutdown();
		}
	}

}
