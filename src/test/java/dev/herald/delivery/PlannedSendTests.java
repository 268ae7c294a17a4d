package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Sends between their being asked for and their first mail, and minds that change. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PlannedSendTests extends SendTest {

	private static final String ANN = "ann@example.org";

	private static final String BOB = "bob@example.org";

	private static final ZoneId UTC = ZoneId.of("UTC");

	PlannedSendTests(TestDatabase database) {
		super(database);
	}

	@Test
	void nothingLeavesBeforeTheUndoWindowIsOverAndWhatIsUndoneCanBeAskedForAgain() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 3), "one");
			Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

			Send send = ask(herald, issue, new SendPlan(before, UTC, null, true));

			assertThat(send.dueAt()).isBetween(before.plusSeconds(30), Instant.now().plusSeconds(30));
			assertThat(herald.get(SendRunner.class).runRound(send.id()))
				.isEqualTo(new SendRunner.RoundResult.Again(send.dueAt()));
			assertThat(herald.get(SendDecisions.class).cancelUnlessUndone(send.id(), ANN)).isTrue();
			assertThat(herald.get(Sends.class).byId(send.id()).status()).isEqualTo(SendStatus.CANCELLED);
			assertThat(herald.get(SendDecisions.class).takeCancellingBack(send.id())).isFalse();
			assertThat(relay.recipients()).isEmpty();
			run(herald, issue);
			assertThat(relay.recipients()).hasSize(3);
		}
	}

	@Test
	void aCancellingStopsASendAtOnceAndTakenBackItGoesOn() {
		AtomicInteger mails = new AtomicInteger();
		Queue<Runnable> atTheFifth = new ConcurrentLinkedQueue<>();
		ScriptedSmtpServer.Script script = (stage, argument) -> {
			if (stage == Stage.MAIL && mails.incrementAndGet() == 5) {
				atTheFifth.forEach(Runnable::run);
			}
			return null;
		};
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay.port())) {
			Send send = schedule(herald, herald.issue(herald.newsletter("weekly", 60), "one"));
			SendDecisions decisions = herald.get(SendDecisions.class);
			atTheFifth.add(() -> assertThat(decisions.cancelUnlessUndone(send.id(), ANN)).isTrue());

			assertThat(herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Stopped.class);

			Send stopped = herald.get(Sends.class).byId(send.id());
			assertThat(stopped.isCancelling()).isTrue();
			assertThat(relay.recipients()).as("what was under way went out").hasSizeLessThan(40);
			assertThat(decisions.cancelUnlessUndone(send.id(), BOB)).as("cancelled already").isFalse();
			herald.get(StoppedSends.class).settle();
			assertThat(decisions.takeCancellingBack(send.id())).isTrue();
			assertThat(herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Finished.class);
			assertThat(relay.recipients()).hasSize(60).doesNotHaveDuplicates();
		}
	}

	@Test
	void whatWasPausedIsPausedAgainAndWhatNobodyTakesBackEndsForGood() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 4), "one");
			Send send = schedule(herald, issue);
			herald.get(AudienceFreeze.class)
				.freeze(send.id(), issue.id(), issue.newsletterId(), (recipients) -> List.of());
			SendDecisions decisions = herald.get(SendDecisions.class);
			decisions.pause(send.id(), ANN);

			decisions.cancelUnlessUndone(send.id(), BOB);
			decisions.takeCancellingBack(send.id());

			Send paused = herald.get(Sends.class).byId(send.id());
			assertThat(paused.status()).isEqualTo(SendStatus.HELD);
			assertThat(paused.isCancelling()).isFalse();
			assertThat(paused.reason()).asString().isEqualTo("Paused by " + ANN);
			decisions.cancelUnlessUndone(send.id(), BOB);
			this.database.jdbc().sql("UPDATE send SET cancel_at = '2026-01-01 00:00:00'").update();
			herald.get(StoppedSends.class).settle();
			Send cancelled = herald.get(Sends.class).byId(send.id());
			assertThat(cancelled.status()).isEqualTo(SendStatus.CANCELLED);
			assertThat(cancelled.reason()).isEqualTo(Sentence.of("delivery.hold.cancelled", BOB));
			assertThat(this.database.jdbc().sql("SELECT reason FROM send").query(String.class).single())
				.isEqualTo("[\"delivery.hold.cancelled\",\"bob@example.org\"]");
			assertThat(counts(herald, issue)).containsOnlyKeys(DeliveryState.CANCELLED);
			assertThat(decisions.takeCancellingBack(send.id())).isFalse();
		}
	}

	@Test
	void aPlannedSendIsMovedAndOneThatHasBegunIsNot() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 4), "one");
			Instant due = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MINUTES);
			Send send = ask(herald, issue, new SendPlan(due, UTC, null, true));
			SendDecisions decisions = herald.get(SendDecisions.class);
			Instant later = due.plus(Duration.ofHours(30));

			assertThat(decisions.move(send.id(), new SendPlan(later, ZoneId.of("Europe/Berlin"), null, true))).isTrue();

			Send moved = herald.get(Sends.class).byId(send.id());
			assertThat(moved.dueAt()).isEqualTo(later);
			assertThat(moved.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
			assertThat(this.database.jdbc()
				.sql("SELECT COUNT(*) FROM audit_field f JOIN audit_entry e ON e.id = f.entry_id WHERE e.action = 'send.moved'")
				.query(Integer.class)
				.single()).isEqualTo(2);
			assertThat(herald.get(Sends.class).between(later, later.plusMillis(1))).extracting(Send::id)
				.containsExactly(send.id());
			assertThat(herald.get(Sends.class).between(due, later)).isEmpty();
			herald.get(AudienceFreeze.class)
				.freeze(send.id(), issue.id(), issue.newsletterId(), (recipients) -> List.of());
			assertThat(decisions.move(send.id(), SendPlan.at(due, UTC))).isFalse();
			assertThat(herald.get(Sends.class).byId(send.id()).dueAt()).isEqualTo(later);
		}
	}

	@Test
	void aSecondPersonApprovesWhatOneAskedForAndJustThat() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 3);
			Newsletters newsletters = herald.get(Newsletters.class);
			newsletters.change("weekly", newsletter.settings().withApproval(true));
			Issue issue = herald.issue(newsletter, "one");
			SendDecisions decisions = herald.get(SendDecisions.class);
			Send send = ask(herald, issue, new SendPlan(Instant.now(), UTC, null, true));
			String seen = herald.get(Sends.class).review(send).fingerprint();

			assertThat(send.awaitsApproval()).isTrue();
			assertThat(herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Stopped.class);
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> decisions.resume(send.id()))
				.withMessageContaining("waits for the approval of a second person");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> decisions.approve(send.id(), ANN, seen))
				.withMessageContaining("Somebody else has to");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> decisions.approve(send.id(), BOB, "guess"))
				.withMessageContaining("changed since it was shown");
			assertThat(decisions.approve(send.id(), BOB, seen)).isTrue();
			assertThat(decisions.approve(send.id(), BOB, seen)).as("once").isFalse();

			Send approved = herald.get(Sends.class).byId(send.id());
			assertThat(approved.approvedBy()).isEqualTo(BOB);
			assertThat(approved.dueAt()).as("can be undone").isAfter(Instant.now().plusSeconds(15));
			this.database.jdbc().sql("UPDATE newsletter SET postal_address = '2 Test Street'").update();
			dueNow();
			herald.get(SendRunner.class).run(send.id());
			assertThat(herald.get(Sends.class).byId(send.id()).awaitsApproval()).as("not what was approved").isTrue();
			assertThat(relay.recipients()).isEmpty();
			assertThat(decisions.approve(send.id(), BOB, herald.get(Sends.class).review(send).fingerprint())).isTrue();
			dueNow();
			herald.get(SendRunner.class).run(send.id());
			assertThat(relay.recipients()).hasSize(3);

			herald.subscribe(newsletter, 4, 4);
			assertThat(ask(herald, issue, SendPlan.at(Instant.now(), UTC)).awaitsApproval()).as("the same was approved")
				.isFalse();
			this.database.jdbc().sql("UPDATE send SET status = 'CANCELLED' WHERE status = 'SCHEDULED'").update();
			herald.get(Versions.class)
				.save(issue, issue.versionId(), "# The Issue\n\nEdited, [here](https://example.org/a).\n", ANN, null);
			Issue edited = herald.get(Issues.class).byId(issue.id());
			assertThat(ask(herald, edited, SendPlan.at(Instant.now(), UTC)).awaitsApproval()).as("an edit").isTrue();
		}
	}

	@Test
	void eachReaderIsDueByTheirOwnClockAndExpiresByIt() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 6), "one");
			zone("Asia/Shanghai", 1, 2);
			zone("Asia/Kolkata", 3, 3);
			zone("Pacific/Honolulu", 4, 4);
			LocalDateTime at = LocalDate.now(ZoneOffset.UTC).plusDays(2).atTime(8, 0);
			Instant utc = at.toInstant(ZoneOffset.UTC);

			List<LocalTimes.Wave> waves = herald.get(LocalTimes.class).waves(issue.id(), at, UTC, null);
			Send send = ask(herald, issue, new SendPlan(Instant.now(), UTC, at, true));
			herald.get(AudienceFreeze.class)
				.freeze(send.id(), issue.id(), issue.newsletterId(), (recipients) -> List.of());

			assertThat(waves).containsExactly(
					new LocalTimes.Wave(utc.minus(Duration.ofHours(8)), 2, List.of("Asia/Shanghai")),
					new LocalTimes.Wave(utc.minus(Duration.ofMinutes(330)), 1, List.of("Asia/Kolkata")),
					new LocalTimes.Wave(utc, 2, List.of("UTC")),
					new LocalTimes.Wave(utc.plus(Duration.ofHours(10)), 1, List.of("Pacific/Honolulu")));
			assertThat(send.dueAt()).isEqualTo(utc.minus(Duration.ofHours(8)));
			assertThat(this.database.jdbc()
				.sql("SELECT due_at FROM delivery WHERE due_at = next_at ORDER BY due_at")
				.query((row, n) -> LedgerTime.read(row.getInt(1)))
				.list()).containsExactly(utc.minus(Duration.ofHours(8)), utc.minus(Duration.ofHours(8)),
						utc.minus(Duration.ofMinutes(330)), utc, utc, utc.plus(Duration.ofHours(10)));
			assertThat(herald.get(Ledger.class).nextDue(send.id())).contains(utc.minus(Duration.ofHours(8)));
			assertThat(herald.get(Claims.class).expire(send.id(), utc)).as("late by their own clock").isEqualTo(3);
		}
	}

	private static Send ask(TestHerald herald, Issue issue, SendPlan plan) {
		Sends sends = herald.get(Sends.class);
		return sends.schedule(issue, plan, ANN, sends.review(issue).fingerprint());
	}

	private void dueNow() {
		this.database.jdbc()
			.sql("UPDATE send SET due_at = ? WHERE status = 'SCHEDULED'")
			.param(Utc.of(Instant.now()))
			.update();
	}

	private void zone(String zone, int from, int to) {
		this.database.jdbc()
			.sql("UPDATE subscriber SET zone = ? WHERE id BETWEEN ? AND ?")
			.params(zone, from, to)
			.update();
	}

}
