package dev.herald.delivery;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.herald.issue.Issue;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who works on a send, while others want to as well or have died over it. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SendOwnerTests extends SendTest {

	SendOwnerTests(TestDatabase database) {
		super(database);
	}

	@Test
	void twoProcessesThatRunOneSendSendItOnce() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestHerald one = herald(relay.port());
				TestHerald two = herald(relay.port())) {
			Issue issue = one.issue(one.newsletter("weekly", 120), "one");
			Send send = schedule(one, issue);
			CompletableFuture<SendRunner.RunResult> other = CompletableFuture
				.supplyAsync(() -> two.get(SendRunner.class).run(send.id()));

			SendRunner.RunResult here = one.get(SendRunner.class).run(send.id());

			SendRunner.RunResult there = other.join();
			await().untilAsserted(
					() -> assertThat(one.get(Sends.class).byId(send.id()).status()).isEqualTo(SendStatus.DONE));
			assertThat(relay.recipients()).hasSize(120).doesNotHaveDuplicates();
			assertThat(List.of(here, there))
				.anySatisfy((result) -> assertThat(result).isInstanceOf(SendRunner.RunResult.Finished.class));
		}
	}

	@Test
	void whatADeadProcessHadClaimedIsUncertainAndNotSentAgain() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 10), "one");
			Send send = schedule(herald, issue);
			leaveAsADeadProcessWould(herald, send, issue);

			SendRunner.RunResult result = herald.get(SendRunner.class).run(send.id());

			assertThat(result).isInstanceOf(SendRunner.RunResult.Finished.class);
			assertThat(rows(herald, issue, DeliveryState.UNCERTAIN)).extracting((row) -> row.address().value())
				.containsExactly("reader4@example.org");
			assertThat(relay.recipients()).hasSize(9).doesNotContain("reader4@example.org");
		}
	}

	/**
	 * Frozen, one row claimed, a lease that has run out, and a job execution that never
	 * ended.
	 */
	private void leaveAsADeadProcessWould(TestHerald herald, Send send, Issue issue) {
		herald.get(AudienceFreeze.class).freeze(send.id(), issue.id(), issue.newsletterId(), (recipients) -> List.of());
		this.database.jdbc()
			.sql("UPDATE delivery SET state = 1, attempts = 1 WHERE subscriber_id = ?")
			.param(idOf("reader4@example.org"))
			.update();
		this.database.jdbc()
			.sql("UPDATE send SET status = 'RUNNING', owner = 'dead', owned_until = '2026-01-01 00:00:00'")
			.update();
		var repository = herald.get(JobRepository.class);
		var parameters = new JobParametersBuilder().addLong("sendId", (long) send.id())
			.addLong("round", 0L)
			.toJobParameters();
		var execution = repository.createJobExecution(repository.createJobInstance("send-issue", parameters),
				parameters, new ExecutionContext());
		execution.setStatus(BatchStatus.STARTED);
		execution.setStartTime(LocalDateTime.now(ZoneOffset.UTC));
		repository.update(execution);
	}

	@Test
	void aLivingOwnerIsLeftAlone() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 3), "one");
			Send send = schedule(herald, issue);
			this.database.jdbc()
				.sql("UPDATE send SET status = 'RUNNING', owner = 'host pid 7', owned_until = '2099-01-01 00:00:00'")
				.update();

			assertThat(herald.get(SendRunner.class).run(send.id()))
				.isEqualTo(new SendRunner.RunResult.OwnedElsewhere("host pid 7"));
			assertThat(relay.recipients()).isEmpty();
		}
	}

}
