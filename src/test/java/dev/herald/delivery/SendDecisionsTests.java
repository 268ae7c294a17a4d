package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.herald.issue.Issue;
import dev.herald.problem.Problem;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Script;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** People decide in one process what another one delivers. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SendDecisionsTests {

	private static final int READERS = 200;

	private static final int CONNECTIONS = 4;

	private final TestDatabase.Opened database;

	SendDecisionsTests(TestDatabase database) {
		this.database = database.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void aPauseFromAnotherProcessLetsNothingElseLeaveAndAResumeSendsTheRest() {
		AtMail decision = new AtMail(10);
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(decision);
				TestHerald herald = herald(relay.port());
				TestHerald other = herald(relay.port())) {
			Send send = schedule(herald, herald.issue(herald.newsletter("weekly", READERS), "one"));
			SendDecisions elsewhere = other.get(SendDecisions.class);
			AtomicInteger accepted = new AtomicInteger();
			decision.is(() -> {
				assertThat(elsewhere.pause(send.id(), "ann@example.org")).isTrue();
				accepted.set(relay.recipients().size());
			});

			assertThat(herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Stopped.class);

			assertThat(relay.recipients()).hasSizeBetween(accepted.get(), accepted.get() + CONNECTIONS);
			Send paused = other.get(Sends.class).byId(send.id());
			assertThat(paused.status()).isEqualTo(SendStatus.HELD);
			assertThat(paused.reason()).asString().isEqualTo("Paused by ann@example.org");
			DeliveryCounts counts = other.get(Ledger.class).countsOfSend(send.id());
			assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(relay.recipients().size());
			assertThat(counts.of(DeliveryState.SENDING) + counts.of(DeliveryState.UNCERTAIN)).isZero();
			assertThat(other.get(SendStore.class).owner(send.id())).as("left by its owner").isNull();

			// As a server that was restarted meanwhile finds it.
			assertThat(other.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Stopped.class);
			assertThat(other.get(SendDecisions.class).resume(send.id())).isTrue();
			assertThat(other.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Finished.class);
			assertThat(relay.recipients()).hasSize(READERS).doesNotHaveDuplicates();
		}
	}

	@Test
	void aCancelFromAnotherProcessLeavesTheRestCancelled() {
		AtMail decision = new AtMail(10);
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(decision);
				TestHerald herald = herald(relay.port());
				TestHerald other = herald(relay.port())) {
			Send send = schedule(herald, herald.issue(herald.newsletter("weekly", READERS), "one"));
			SendDecisions elsewhere = other.get(SendDecisions.class);
			AtomicInteger before = new AtomicInteger(READERS);
			decision.is(() -> {
				assertThat(elsewhere.cancel(send.id(), "ann@example.org")).isTrue();
				before.set(relay.recipients().size());
			});

			herald.get(SendRunner.class).run(send.id());

			other.get(StoppedSends.class).settle();
			Send cancelled = other.get(Sends.class).byId(send.id());
			assertThat(cancelled.status()).isEqualTo(SendStatus.CANCELLED);
			assertThat(cancelled.reason()).asString().isEqualTo("Cancelled by ann@example.org");
			assertThat(cancelled.finishedAt()).isNotNull();
			DeliveryCounts counts = other.get(Ledger.class).countsOfSend(send.id());
			int accepted = relay.recipients().size();
			assertThat(accepted).isLessThanOrEqualTo(before.get() + CONNECTIONS).isLessThan(READERS);
			assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(accepted);
			assertThat(counts.of(DeliveryState.CANCELLED)).isEqualTo(READERS - accepted);
			assertThat(other.get(SendDecisions.class).resume(send.id())).as("for good").isFalse();
			assertThat(other.get(SendDecisions.class).pause(send.id(), "ann@example.org")).isFalse();
			assertThat(other.get(SendDecisions.class).cancel(send.id(), "ann@example.org")).isFalse();
		}
	}

	@Test
	void whatACrashLeftOfACancelIsFinishedByWhoeverComesNextInSmallBatches() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 1_900), "one");
			Send send = schedule(herald, issue);
			herald.get(AudienceFreeze.class)
				.freeze(send.id(), issue.id(), issue.newsletterId(), (recipients) -> List.of());
			this.database.jdbc().sql("UPDATE delivery SET state = 3 WHERE subscriber_id % 2 = 0").update();
			this.database.jdbc().sql("UPDATE delivery SET state = 2 WHERE subscriber_id <= 100").update();
			this.database.jdbc().sql("UPDATE send SET status = 'CANCELLED'").update();

			herald.get(StoppedSends.class).settle();
			herald.get(StoppedSends.class).settle();

			DeliveryCounts counts = herald.get(Ledger.class).countsOfSend(send.id());
			assertThat(counts.of(DeliveryState.CANCELLED)).isEqualTo(1_900 - counts.of(DeliveryState.ACCEPTED));
			assertThat(counts.of(DeliveryState.ACCEPTED)).isPositive();
		}
	}

	@Test
	void whatTheProcessOfAPausedSendTookIntoItsGraveIsUncertainOnceItsLeaseIsOver() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 3), "one");
			Send send = schedule(herald, issue);
			herald.get(AudienceFreeze.class)
				.freeze(send.id(), issue.id(), issue.newsletterId(), (recipients) -> List.of());
			this.database.jdbc().sql("UPDATE delivery SET state = 1 WHERE subscriber_id = 1").update();
			this.database.jdbc()
				.sql("UPDATE send SET status = 'RUNNING', owner = 'host pid 7', owned_until = '2099-01-01 00:00:00'")
				.update();
			herald.get(SendDecisions.class).pause(send.id(), "ann@example.org");

			herald.get(StoppedSends.class).settle();
			assertThat(herald.get(Ledger.class).countsOfSend(send.id()).of(DeliveryState.SENDING)).isEqualTo(1);

			this.database.jdbc().sql("UPDATE send SET owned_until = '2026-01-01 00:00:00'").update();
			herald.get(StoppedSends.class).settle();
			assertThat(herald.get(Ledger.class).countsOfSend(send.id()).of(DeliveryState.UNCERTAIN)).isEqualTo(1);
		}
	}

	@Test
	void aScheduledSendIsPausedUntilItIsResumedAndKeepsItsTime() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 3), "one");
			Instant due = Instant.now().plus(Duration.ofHours(2));
			Send send = herald.get(Sends.class).schedule(issue, due, ZoneOffset.UTC, "a test");
			SendDecisions decisions = herald.get(SendDecisions.class);

			assertThat(decisions.pause(send.id(), "ann@example.org")).isTrue();
			assertThat(decisions.pause(send.id(), "bob@example.org")).as("held already").isFalse();
			assertThat(decisions.resume(send.id())).isTrue();
			assertThat(decisions.resume(send.id())).as("not held").isFalse();

			Send resumed = herald.get(Sends.class).byId(send.id());
			assertThat(resumed.status()).isEqualTo(SendStatus.SCHEDULED);
			assertThat(resumed.dueAt()).isEqualTo(send.dueAt());
			assertThat(decisions.cancel(send.id(), "ann@example.org")).isTrue();
			assertThat(herald.get(SendRunner.class).runRound(send.id()))
				.isInstanceOf(SendRunner.RoundResult.Ended.class);
			assertThat(herald.get(Ledger.class).counts(issue.id()).recipients()).isZero();
		}
	}

	@Test
	void whoResumesIsToldHowManyDeliveriesWillExpire() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 5), "one");
			Send send = schedule(herald, issue);
			herald.get(AudienceFreeze.class)
				.freeze(send.id(), issue.id(), issue.newsletterId(), (recipients) -> List.of());
			this.database.jdbc().sql("UPDATE send SET started_at = due_at").update();
			herald.get(SendDecisions.class).pause(send.id(), "ann@example.org");
			this.database.jdbc()
				.sql("UPDATE delivery SET due_at = ? WHERE subscriber_id <= 2")
				.param(LedgerTime.of(Instant.now().minus(Duration.ofHours(25))))
				.update();

			assertThat(herald.get(SendDecisions.class).expiring(send.id())).isEqualTo(2);
			herald.get(SendDecisions.class).resume(send.id());
			herald.get(SendRunner.class).run(send.id());

			DeliveryCounts counts = herald.get(Ledger.class).countsOfSend(send.id());
			assertThat(counts.of(DeliveryState.EXPIRED)).isEqualTo(2);
			assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(3);
		}
	}

	@Test
	void aSendThatTwoProcessesAskForAtOnceIsMadeOnce() {
		try (TestHerald one = TestHerald.on(this.database); TestHerald two = TestHerald.on(this.database)) {
			Issue issue = one.issue(one.newsletter("weekly", 3), "one");
			two.get(Sends.class);
			List<CompletableFuture<Send>> asked = List.of(CompletableFuture.supplyAsync(() -> schedule(one, issue)),
					CompletableFuture.supplyAsync(() -> schedule(two, issue)));

			AtomicInteger refused = new AtomicInteger();
			asked.forEach((send) -> {
				try {
					send.join();
				}
				catch (CompletionException ex) {
					assertThat(ex).hasCauseInstanceOf(Problem.class).hasMessageContaining("under way already");
					refused.incrementAndGet();
				}
			});

			assertThat(refused).hasValue(1);
			assertThat(one.get(Sends.class).ofIssue(issue.id())).hasSize(1);
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> schedule(one, issue))
				.withMessageContaining("asked for by a test");
		}
	}

	private TestHerald herald(int relayPort) {
		return TestHerald.on(this.database, "spring.mail.host=127.0.0.1", "spring.mail.port=" + relayPort,
				"herald.allow-local-base-url=true");
	}

	private static Send schedule(TestHerald herald, Issue issue) {
		return herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test");
	}

	/** A relay in front of which somebody decides at the n-th mail. */
	private static final class AtMail implements Script {

		private final int mail;

		private final AtomicInteger mails = new AtomicInteger();

		private volatile Runnable decision = () -> {
		};

		AtMail(int mail) {
			this.mail = mail;
		}

		void is(Runnable action) {
			this.decision = action;
		}

		@Override
		public @Nullable String reply(Stage stage, String argument) {
			if (stage == Stage.MAIL && this.mails.incrementAndGet() == this.mail) {
				this.decision.run();
			}
			return null;
		}

	}

}
