package dev.herald.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Script;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How the engine shares out its connections: fast, polite, and stopped in time. */
class EngineTests extends EngineTest {

	@Test
	void aProviderThatIsSlowHoldsUpNobodyElse() throws Exception {
		settings("""
				connections: 4
				pacing:
				  providers:
				    slow:
				      code: 64
				      domains: slow.example
				      connections: 2
				""");
		CountDownLatch othersDone = new CountDownLatch(30);
		AtomicInteger slowAtOnce = new AtomicInteger();
		AtomicInteger mostAtOnce = new AtomicInteger();
		Script script = (stage, argument) -> {
			if (stage == Stage.RCPT && argument.endsWith("@slow.example")) {
				mostAtOnce.accumulateAndGet(slowAtOnce.incrementAndGet(), Math::max);
				waitFor(othersDone);
			}
			if (stage == Stage.CONTENT && argument.endsWith("@slow.example")) {
				slowAtOnce.decrementAndGet();
			}
			if (stage == Stage.CONTENT && argument.endsWith("@example.org")) {
				othersDone.countDown();
			}
			return null;
		};
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay)) {
			Newsletter newsletter = herald.newsletter("weekly", 0);
			herald.subscribe(newsletter, "slow.example", 1, 10);
			herald.subscribe(newsletter, "example.org", 1, 30);

			Issue issue = send(herald, newsletter);

			assertThat(relay.recipients()).hasSize(40).doesNotHaveDuplicates();
			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 40));
			assertThat(mostAtOnce).as("connections of the slow provider").hasValue(2);
			assertThat(providers()).containsEntry("slow.example", 64).containsEntry("example.org", 0);
		}
	}

	@Test
	void noSecondHoldsMoreThanTheRateNotEvenTheFirst() throws Exception {
		settings("""
				connections: 8
				rate: 20/s
				""");
		List<Long> mails = new ArrayList<>();
		Script script = (stage, argument) -> {
			if (stage == Stage.MAIL) {
				synchronized (mails) {
					mails.add(System.nanoTime());
				}
			}
			return null;
		};
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay)) {
			send(herald, herald.newsletter("weekly", 60));

			assertThat(mails).hasSize(60);
			for (int i = 0; i + 20 < mails.size(); i++) {
				// Read here, not where Herald wrote it: a thread that waited for a
				// processor on the way came 14 ms late. A burst is shorter by far.
				assertThat(mails.get(i + 20) - mails.get(i)).as("20 messages after message " + i)
					.isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
			}
		}
	}

	@Test
	void twoProcessesThatSendAtTheSameTimeShareTheRate() throws Exception {
		settings("""
				connections: 4
				rate: 40/s
				""");
		List<Long> mails = new ArrayList<>();
		Script script = (stage, argument) -> {
			if (stage == Stage.MAIL) {
				synchronized (mails) {
					mails.add(System.nanoTime());
				}
			}
			return null;
		};
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script);
				TestHerald one = herald(relay);
				TestHerald two = herald(relay)) {
			int first = schedule(one, one.issue(one.newsletter("weekly", 120), "one"));
			int second = schedule(two, two.issue(two.newsletter("daily", 120), "two"));
			List<CompletableFuture<SendRunner.RunResult>> runs = List.of(
					CompletableFuture.supplyAsync(() -> one.get(SendRunner.class).run(first)),
					CompletableFuture.supplyAsync(() -> two.get(SendRunner.class).run(second)));

			for (CompletableFuture<SendRunner.RunResult> run : runs) {
				assertThat(run.get(60, TimeUnit.SECONDS)).isInstanceOf(SendRunner.RunResult.Finished.class);
			}

			assertThat(mails).hasSize(240);
			for (int i = 0; i + 40 < mails.size(); i++) {
				// Read here as well: one came 6 ms late. Twice the rate would take half
				// of a second.
				assertThat(mails.get(i + 40) - mails.get(i)).as("40 messages after message " + i)
					.isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
			}
		}
	}

	@Test
	void aPauseFromAnotherProcessStopsItWithinTwoSecondsAndItGoesOnLater() throws Exception {
		settings("rate: 40/s");
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestHerald herald = herald(relay);
				TestHerald other = herald(relay)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 200), "one");
			int send = schedule(herald, issue);
			CompletableFuture<SendRunner.RunResult> run = CompletableFuture
				.supplyAsync(() -> herald.get(SendRunner.class).run(send));
			await().until(() -> relay.received().size() >= 20);

			other.get(SendDecisions.class).pause(send, "a test");

			assertThat(run.get(2, TimeUnit.SECONDS)).isInstanceOf(SendRunner.RunResult.Stopped.class);
			int sent = relay.received().size();
			assertThat(sent).isLessThan(200);
			assertThat(counts(herald, issue))
				.isEqualTo(Map.of(DeliveryState.ACCEPTED, sent, DeliveryState.READY, 200 - sent));
			other.get(SendDecisions.class).resume(send);
			assertThat(other.get(SendRunner.class).run(send)).isInstanceOf(SendRunner.RunResult.Finished.class);
			assertThat(relay.recipients()).hasSize(200).doesNotHaveDuplicates();
		}
	}

	@Test
	void tooManyRejectionsPauseTheSendAndSayWhy() throws Exception {
		settings("connections: 4");
		Script script = (stage, argument) -> (stage == Stage.RCPT) ? "550 5.1.1 no such user" : null;
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 200), "one");
			int send = schedule(herald, issue);

			assertThat(herald.get(SendRunner.class).run(send)).isInstanceOf(SendRunner.RunResult.Stopped.class);

			Send held = herald.get(Sends.class).byId(send);
			assertThat(held.status()).isEqualTo(SendStatus.HELD);
			assertThat(held.reason()).asString().contains("rejections").contains("20%");
			assertThat(counts(herald, issue).get(DeliveryState.REJECTED)).isBetween(50, 54);
			assertThat(counts(herald, issue)).doesNotContainKeys(DeliveryState.SENDING, DeliveryState.UNCERTAIN);
		}
	}

	@Test
	void fiveIdenticalRejectionsOfTheContentPauseTheSendAndSuppressNobody() throws Exception {
		settings("connections: 1");
		Script script = (stage, argument) -> (stage == Stage.CONTENT)
				? "554 5.7.1 message " + argument.hashCode() + " looks like spam" : null;
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 40), "one");
			int send = schedule(herald, issue);

			herald.get(SendRunner.class).run(send);

			assertThat(herald.get(Sends.class).byId(send).reason()).asString().contains("5 messages in a row");
			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.REJECTED, 5, DeliveryState.READY, 35));
			assertThat(suppressions()).isZero();
		}
	}

	@Test
	void anAddressThatTheRelaySaysIsDeadIsSuppressedAtOnce() throws Exception {
		settings("connections: 2");
		Script script = (stage, argument) -> {
			if (stage == Stage.RCPT && argument.startsWith("reader3@")) {
				return "550 5.1.1 no such user";
			}
			return (stage == Stage.RCPT && argument.startsWith("reader4@")) ? "552 5.2.2 mailbox full" : null;
		};
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay)) {
			Issue issue = send(herald, herald.newsletter("weekly", 5));

			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 3, DeliveryState.REJECTED, 2));
			assertThat(herald.get(Suppressions.class).find(EmailAddress.parse("reader3@example.org")))
				.hasValueSatisfying(
						(suppression) -> assertThat(suppression.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE));
			assertThat(suppressions()).isEqualTo(1);
			assertThat(this.database.jdbc()
				.sql("SELECT COUNT(*) FROM bounce WHERE bounce_class = 'HARD' AND reason = 'userunknown'")
				.query(Integer.class)
				.single()).isEqualTo(1);
		}
	}

	@Test
	void aDomainThatDefersEverythingIsPutOffAndTheOthersGoOn() throws Exception {
		settings("""
				connections: 1
				retry:
				  first: 1h
				pacing:
				  slow-down:
				    deferrals: 3
				""");
		AtomicInteger asked = new AtomicInteger();
		Script script = (stage, argument) -> {
			if (stage == Stage.RCPT && argument.endsWith("@grey.example")) {
				return "450 4.7.1 come back later, try " + asked.incrementAndGet();
			}
			return null;
		};
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay)) {
			Newsletter newsletter = herald.newsletter("weekly", 0);
			herald.subscribe(newsletter, "grey.example", 1, 20);
			herald.subscribe(newsletter, "example.org", 1, 10);
			Issue issue = herald.issue(newsletter, "one");
			int send = schedule(herald, issue);

			SendRunner.RoundResult round = herald.get(SendRunner.class).runRound(send);

			assertThat(round).isInstanceOf(SendRunner.RoundResult.Again.class);
			assertThat(relay.recipients()).hasSize(10);
			assertThat(asked).hasValue(3);
			assertThat(counts(herald, issue))
				.isEqualTo(Map.of(DeliveryState.ACCEPTED, 10, DeliveryState.DEFERRED, 3, DeliveryState.READY, 17));
		}
	}

	@Test
	void aDatabaseThatIsAwayWhileADomainIsPutOffHoldsNothing() throws Exception {
		settings("""
				connections: 1
				retry:
				  first: 1h
				pacing:
				  slow-down:
				    deferrals: 3
				""");
		AtomicInteger asked = new AtomicInteger();
		Connection exclusive = this.database.dataSource().getConnection();
		Script script = (stage, argument) -> {
			if (stage != Stage.RCPT || !argument.endsWith("@grey.example")) {
				return null;
			}
			if (asked.incrementAndGet() == 3) {
				execute(exclusive, "SET EXCLUSIVE 1");
				CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
					.execute(() -> execute(exclusive, "SET EXCLUSIVE 0"));
			}
			return "450 4.7.1 come back later, try " + asked;
		};
		try (exclusive;
				ScriptedSmtpServer relay = ScriptedSmtpServer.start(script);
				TestHerald herald = herald(relay)) {
			Newsletter newsletter = herald.newsletter("weekly", 0);
			herald.subscribe(newsletter, "grey.example", 1, 20);
			herald.subscribe(newsletter, "example.org", 1, 10);
			Issue issue = herald.issue(newsletter, "one");
			int send = schedule(herald, issue);

			await().until(() -> herald.get(SendRunner.class).runRound(send),
					(round) -> relay.recipients().size() == 10 && round instanceof SendRunner.RoundResult.Again);

			assertThat(herald.get(Sends.class).byId(send).status()).isNotEqualTo(SendStatus.HELD);
			assertThat(counts(herald, issue)).containsEntry(DeliveryState.ACCEPTED, 10)
				.doesNotContainKeys(DeliveryState.SENDING, DeliveryState.UNCERTAIN);
		}
	}

	@Test
	void aWarmUpSpreadsTheAudienceOverTheDaysTheEngagedFirst() throws Exception {
		Instant today = Instant.now();
		settings("""
				pacing:
				  warm-up:
				    - name: news.example
				      start: %s
				      daily: 10, 10, 100
				""".formatted(today.atOffset(ZoneOffset.UTC).toLocalDate()));
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 25), "one");
			this.database.jdbc()
				.sql("UPDATE subscriber SET last_engaged_at = TIMESTAMP '2026-01-01 00:00:00' WHERE address = ?")
				.param("reader25@example.org")
				.update();

			SendRunner.RoundResult round = herald.get(SendRunner.class).runRound(schedule(herald, issue));

			assertThat(relay.recipients()).hasSize(10).contains("reader25@example.org");
			assertThat(counts(herald, issue)).isEqualTo(Map.of(DeliveryState.ACCEPTED, 10, DeliveryState.READY, 15));
			assertThat(round).isInstanceOfSatisfying(SendRunner.RoundResult.Again.class,
					(again) -> assertThat(again.at()).isBetween(today.plusSeconds(86_300), today.plusSeconds(86_700)));
		}
	}

	private static void execute(Connection connection, String sql) {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private int suppressions() {
		return this.database.jdbc().sql("SELECT COUNT(*) FROM suppression").query(Integer.class).single();
	}

	private Map<String, Integer> providers() {
		Map<String, Integer> byDomain = new java.util.HashMap<>();
		this.database.jdbc()
			.sql("SELECT s.address, d.provider FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id")
			.query((row) -> {
				String address = row.getString("address");
				byDomain.put(address.substring(address.indexOf('@') + 1), row.getInt("provider"));
			});
		return byDomain;
	}

	private static void waitFor(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
