package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.ServerPort;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Script;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryReceived;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SendTests extends SendTest {

	SendTests(TestDatabase database) {
		super(database);
	}

	@Test
	void everySubscriberGetsOneMessage() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 250), "one");
			Send send = schedule(herald, issue);

			SendRunner.RunResult result = herald.get(SendRunner.class).run(send.id());

			assertThat(result).isInstanceOf(SendRunner.RunResult.Finished.class);
			assertThat(relay.recipients()).hasSize(250).doesNotHaveDuplicates();
			assertThat(relay.connections()).isEqualTo(4);
			assertThat(relay.received()).allSatisfy((received) -> {
				assertThat(received.sender()).startsWith("bounce+").endsWith("@localhost");
				assertThat(received.text()).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
			});
			assertThat(new HashSet<>(relay.received().stream().map(ScriptedSmtpServer.Received::sender).toList()))
				.hasSize(250);
			Send done = herald.get(Sends.class).byId(send.id());
			assertThat(done.status()).isEqualTo(SendStatus.DONE);
			assertThat(done.audience()).isEqualTo(new Send.Audience(250, 250, 0, 0, 0, 0, 0));
			assertThat(counts(herald, issue)).containsExactlyInAnyOrderEntriesOf(Map.of(DeliveryState.ACCEPTED, 250));
		}
	}

	@Test
	void theAudienceNamesEveryExclusion() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 10);
			Issue issue = herald.issue(newsletter, "one");
			Subscriptions subscriptions = herald.get(Subscriptions.class);
			subscriptions.unsubscribe(newsletter.id(), idOf("reader1@example.org"), ConsentSource.ADMIN, null);
			herald.get(Suppressions.class)
				.suppress(EmailAddress.parse("READER2@example.org"), SuppressionReason.ADMIN, "asked by letter", "ann");
			this.database.jdbc()
				.sql("UPDATE subscription SET state = 'PENDING' WHERE subscriber_id = ?")
				.param(idOf("reader3@example.org"))
				.update();
			pause(herald, newsletter, "reader4@example.org", Duration.ofDays(14));
			pause(herald, newsletter, "reader5@example.org", Duration.ofMillis(-1));
			Send.Audience expected = new Send.Audience(10, 6, 1, 1, 1, 1, 0);
			assertThat(herald.get(Sends.class).preview(issue, null)).isEqualTo(expected);

			run(herald, issue);

			assertThat(herald.get(Sends.class).latest(issue.id()).orElseThrow().audience()).isEqualTo(expected);
			assertThat(relay.recipients()).hasSize(6)
				.doesNotContain("reader1@example.org", "reader2@example.org", "reader3@example.org",
						"reader4@example.org");
		}
	}

	private void pause(TestHerald herald, Newsletter newsletter, String address, Duration length) {
		herald.get(Subscriptions.class)
			.pause(newsletter.id(), idOf(address), Instant.now().plus(length), ConsentSource.UNSUBSCRIBE_PAGE, null);
	}

	@Test
	void aSecondSendGoesOnlyToThoseWhoHaveItNot() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 5);
			Issue issue = herald.issue(newsletter, "one");
			run(herald, issue);
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> schedule(herald, issue))
				.withMessageContaining("5 have it already");
			herald.subscribe(newsletter, 6, 8);

			run(herald, issue);

			assertThat(relay.recipients()).hasSize(8).doesNotHaveDuplicates();
			assertThat(herald.get(Sends.class).latest(issue.id()).orElseThrow().audience())
				.isEqualTo(new Send.Audience(8, 3, 0, 0, 0, 0, 5));
		}
	}

	@Test
	void everyAnswerOfARelayHasItsStateAndOnlyTheDeferredAreTriedAgain() {
		AtomicInteger deferrals = new AtomicInteger();
		Script script = (stage, argument) -> {
			if (stage == Stage.RCPT && argument.startsWith("reader2@")) {
				return "550 5.1.1 no such user";
			}
			if (stage == Stage.CONTENT && argument.startsWith("reader3@")) {
				return ScriptedSmtpServer.TAKEN_THEN_HANG_UP;
			}
			if (stage == Stage.RCPT && argument.startsWith("reader4@") && deferrals.incrementAndGet() <= 2) {
				return "450 4.7.1 greylisted";
			}
			return null;
		};
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 6), "one");

			run(herald, issue);

			assertThat(counts(herald, issue)).containsExactlyInAnyOrderEntriesOf(
					Map.of(DeliveryState.ACCEPTED, 4, DeliveryState.REJECTED, 1, DeliveryState.UNCERTAIN, 1));
			assertThat(rows(herald, issue, DeliveryState.REJECTED)).singleElement().satisfies((row) -> {
				assertThat(row.address().value()).isEqualTo("reader2@example.org");
				assertThat(row.reply()).isEqualTo("550 5.1.1 no such user");
			});
			assertThat(rows(herald, issue, DeliveryState.UNCERTAIN)).singleElement().satisfies((row) -> {
				assertThat(row.address().value()).isEqualTo("reader3@example.org");
				assertThat(row.reply()).contains("without a reply");
			});
			assertThat(relay.recipients()).hasSize(5).doesNotHaveDuplicates();
			assertThat(deferrals).hasValue(3);
		}
	}

	@Test
	void aReaderWhoActsOnAnUncertainMailSettlesItAndNothingElse() {
		Script script = (stage, argument) -> (stage == Stage.CONTENT && argument.matches("reader[12]@.*"))
				? ScriptedSmtpServer.TAKEN_THEN_HANG_UP : null;
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 3);
			Issue issue = herald.issue(newsletter, "one");
			run(herald, issue);
			assertThat(rows(herald, issue, DeliveryState.UNCERTAIN)).hasSize(2);

			herald.publish(new DeliveryReceived(new DeliveryKey(issue.id(), idOf("reader1@example.org"))));

			assertThat(rows(herald, issue, DeliveryState.UNCERTAIN)).extracting((row) -> row.address().value())
				.containsExactly("reader2@example.org");
			assertThat(counts(herald, issue)).containsEntry(DeliveryState.ACCEPTED, 2);
		}
	}

	@Test
	void whoUnsubscribesOrPausesDuringASendGetsNoMail() {
		Set<Runnable> atFirstMail = ConcurrentHashMap.newKeySet();
		Script script = (stage, argument) -> {
			if (stage == Stage.MAIL) {
				atFirstMail.removeIf((action) -> {
					action.run();
					return true;
				});
			}
			return null;
		};
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 40);
			Issue issue = herald.issue(newsletter, "one");
			Send send = schedule(herald, issue);
			Subscriptions subscriptions = herald.get(Subscriptions.class);
			atFirstMail.add(() -> {
				subscriptions.unsubscribe(newsletter.id(), idOf("reader40@example.org"), ConsentSource.ONE_CLICK,
						issue.id());
				subscriptions.unsubscribeFromAll(idOf("reader39@example.org"), ConsentSource.UNSUBSCRIBE_PAGE,
						issue.id());
				pause(herald, newsletter, "reader38@example.org", Duration.ofDays(14));
			});

			herald.get(SendRunner.class).run(send.id());

			assertThat(relay.recipients()).hasSize(37);
			assertThat(rows(herald, issue, DeliveryState.SKIPPED)).extracting((row) -> row.address().value())
				.containsExactly("reader38@example.org", "reader39@example.org", "reader40@example.org");
		}
	}

	@Test
	void whileTheRelayIsDownTheSendWaitsAndSaysSoAndNobodyIsRejected() {
		int port = ServerPort.find();
		try (TestHerald herald = herald(port)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 20), "one");
			Send send = schedule(herald, issue);
			CompletableFuture<SendRunner.RunResult> running = CompletableFuture
				.supplyAsync(() -> herald.get(SendRunner.class).run(send.id()));
			await().untilAsserted(() -> {
				Send now = herald.get(Sends.class).byId(send.id());
				assertThat(now.status()).isEqualTo(SendStatus.WAITING);
				assertThat(now.reason()).asString().contains("127.0.0.1:" + port).contains("Connection refused");
			});
			assertThat(counts(herald, issue)).containsExactlyInAnyOrderEntriesOf(Map.of(DeliveryState.READY, 20));

			try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(port, (stage, argument) -> null)) {
				assertThat(running.join()).isInstanceOf(SendRunner.RunResult.Finished.class);
				assertThat(relay.recipients()).hasSize(20).doesNotHaveDuplicates();
			}
			assertThat(herald.get(Sends.class).byId(send.id()).reason()).isNull();
		}
	}

	@Test
	void aRelayThatRefusesTheSenderHoldsTheSendAndRejectsNobody() {
		Set<String> refusing = ConcurrentHashMap.newKeySet();
		refusing.add("yes");
		Script script = (stage, argument) -> (stage == Stage.MAIL && !refusing.isEmpty())
				? "550 5.7.1 sender not allowed" : null;
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(script); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 9), "one");
			Send send = schedule(herald, issue);

			SendRunner.RunResult held = herald.get(SendRunner.class).run(send.id());

			assertThat(held).isInstanceOfSatisfying(SendRunner.RunResult.Stopped.class, (stopped) -> {
				assertThat(stopped.send().status()).isEqualTo(SendStatus.HELD);
				assertThat(stopped.send().reason()).asString().contains("550 5.7.1 sender not allowed");
			});
			assertThat(counts(herald, issue)).containsExactlyInAnyOrderEntriesOf(Map.of(DeliveryState.READY, 9));
			refusing.clear();
			herald.get(SendDecisions.class).resume(send.id());
			assertThat(herald.get(SendRunner.class).run(send.id())).isInstanceOf(SendRunner.RunResult.Finished.class);
			assertThat(relay.recipients()).hasSize(9).doesNotHaveDuplicates();
		}
	}

	@Test
	void whatIsPastItsDeadlineExpiresAndIsNotSent() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 4), "one");
			Send send = schedule(herald, issue);
			herald.get(AudienceFreeze.class)
				.freeze(send.id(), issue.id(), issue.newsletterId(), (recipients) -> List.of());
			int yesterday = LedgerTime.of(Instant.now().minus(Duration.ofHours(25)));
			this.database.jdbc().sql("UPDATE delivery SET due_at = ?").param(yesterday).update();

			herald.get(SendRunner.class).run(send.id());

			assertThat(counts(herald, issue)).containsExactlyInAnyOrderEntriesOf(Map.of(DeliveryState.EXPIRED, 4));
			assertThat(relay.recipients()).isEmpty();
		}
	}

	@Test
	void aSendUnderWayIsNotStartedASecondTime() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 3), "one");
			schedule(herald, issue);
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> schedule(herald, issue))
				.withMessageContaining("under way already");
		}
	}

	@Test
	void withARelayTheBaseUrlMustBeOneThatReadersCanFollow() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestHerald herald = TestHerald.on(this.database, "spring.mail.host=127.0.0.1",
						"spring.mail.port=" + relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 3), "one");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> schedule(herald, issue))
				.withMessageContaining("herald.base-url is http://localhost:8080")
				.withMessageContaining("herald.allow-local-base-url=true");
		}
	}

	@Test
	void aRehearsalIsMarkedCanBeRepeatedAndThenSentForReal() {
		Issue issue;
		try (TestHerald herald = TestHerald.on(this.database)) {
			issue = herald.issue(herald.newsletter("weekly", 12), "one");
			for (int i = 0; i < 2; i++) {
				run(herald, issue);
				assertThat(herald.get(Sends.class).latest(issue.id()).orElseThrow().rehearsal()).isTrue();
				assertThat(counts(herald, issue))
					.containsExactlyInAnyOrderEntriesOf(Map.of(DeliveryState.ACCEPTED, 12));
			}
			assertThat(herald.get(BuiltInMailbox.class).list(0, 100)).hasSize(24);
		}
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			run(herald, issue);
			assertThat(relay.recipients()).hasSize(12).doesNotHaveDuplicates();
			assertThat(herald.get(Sends.class).latest(issue.id()).orElseThrow().rehearsal()).isFalse();
		}
	}

	@Test
	void aRehearsalOfMoreThanTwoThousandIsRefused() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 2001), "one");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> schedule(herald, issue))
				.withMessageContaining("2,000 recipients at most; this one has 2,001");
		}
	}

}
