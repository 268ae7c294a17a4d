package dev.herald.jobs;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.herald.audit.AuditTrail;
import dev.herald.audit.AuditTrail.Query;
import dev.herald.bounce.CollectBounces;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendDecisions;
import dev.herald.delivery.SendRunner;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.Sends;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.testing.ServerPort;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class JobsTests {

	private final TestDatabase.Opened database;

	JobsTests(TestDatabase kind) {
		this.database = kind.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void aFailedRunTellsItsReasonInALineAndIsGoneOnWithAtOnce() throws IOException {
		int closed = ServerPort.find();
		try (TestHerald herald = TestHerald.on(this.database, "herald.bounce.mailboxes.main.protocol=imap",
				"herald.bounce.mailboxes.main.host=127.0.0.1", "herald.bounce.mailboxes.main.port=" + closed,
				"herald.bounce.mailboxes.main.username=bounce", "herald.bounce.mailboxes.main.password=battery")) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> herald.get(CollectBounces.class).run());
			Jobs jobs = herald.get(Jobs.class);
			Execution failed = jobs.latest(5).get(0);
			assertThat(failed.job()).isEqualTo("collect-bounces");
			assertThat(failed.mailbox()).isEqualTo("main");
			assertThat(failed.failed()).isTrue();
			Sentence why = Objects.requireNonNull(failed.failure());
			assertThat(why.in(Locale.ENGLISH)).startsWith("The bounce mailbox main (imap://127.0.0.1:" + closed)
				.contains(" can't be read: ConnectException: Connection refused. Nothing is lost; check")
				.doesNotContain("\n", "battery", "dev.herald");
			assertThat(why.in(Locale.SIMPLIFIED_CHINESE)).startsWith("无法读取退信邮箱 main (imap://127.0.0.1:" + closed)
				.contains("：ConnectException: Connection refused。没有丢失任何东西；请检查 herald.bounce.mailboxes.main.*");
			assertThat(failed.steps()).singleElement().satisfies((step) -> {
				assertThat(step.status()).isEqualTo("FAILED");
				assertThat(step.failure()).isEqualTo(why);
			});
			assertThat(failed.restartable()).isTrue();
			JdbcClient jdbc = herald.get(JdbcClient.class);
			jdbc.sql("""
					INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
					VALUES ('collect-bounces', 'recurring', '2199-01-01 00:00:00', FALSE, 1)
					""").update();

			jobs.restart(failed.id());

			assertThat(jobs.schedule(5)).singleElement()
				.satisfies((task) -> assertThat(task.dueAt()).isBefore(Instant.now().plusSeconds(60)));
			assertThat(herald.get(AuditTrail.class).page(Query.ALL.of("job.restarted"), Long.MAX_VALUE, 9))
				.singleElement()
				.satisfies((entry) -> assertThat(entry.subject()).isEqualTo("collect-bounces " + failed.id()));
		}
	}

	@Test
	void aSendIsGoneOnWithByItsOwnDecisionOnlyWhileItIsHeld() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Send send = herald.get(Sends.class)
				.schedule(herald.issue(herald.newsletter("weekly", 5), "one"), Instant.now(), ZoneOffset.UTC, "a test");
			herald.get(SendRunner.class).run(send.id());
			Jobs jobs = herald.get(Jobs.class);
			Execution done = jobs.latest("send-issue", 1).get(0);
			assertThat(done.status()).isEqualTo("COMPLETED");
			assertThat(done.sendId()).isEqualTo(send.id());
			assertThat(done.steps()).extracting(Execution.Step::name).contains("freeze", "deliver", "settle");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> jobs.restart(done.id()))
				.withMessageContaining("is not to be restarted: send 1 is done");

			assertThat(done.failure()).isNull();
			whatItLeftIsSaidInALine(herald);
			JobRepository repository = herald.get(JobRepository.class);
			JobExecution execution = Objects.requireNonNull(repository.getJobExecution(done.id()));
			execution.setStatus(BatchStatus.FAILED);
			repository.update(execution);
			assertThat(jobs.require(done.id()).restartable()).isFalse();
			herald.get(JdbcClient.class).sql("UPDATE send SET status = 'RUNNING'").update();
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> jobs.restart(done.id()));

			herald.get(SendDecisions.class).pause(send.id(), "ada");
			assertThat(jobs.require(done.id()).restartable()).isTrue();
			jobs.restart(done.id());
			assertThat(herald.get(Sends.class).byId(send.id()).status()).isNotEqualTo(SendStatus.HELD);
			assertThat(herald.get(AuditTrail.class).page(Query.ALL, Long.MAX_VALUE, 2))
				.extracting(AuditTrail.Entry::action)
				.containsExactlyInAnyOrder("job.restarted", "send.resumed");
		}
	}

	/** With what Herald keeps, what Spring Batch keeps, and what another version kept. */
	private static void whatItLeftIsSaidInALine(TestHerald herald) {
		Map<String, String> english = Map.of("[\"delivery.hold.job-start\",\"it runs\"]",
				"The job send-issue could not be started: it runs",
				"java.lang.IllegalStateException: no {0} here\n\tat dev.herald.X.y(X.java:1)", "no {0} here",
				"x.StepException: a\n\tat x.Y.z(Y.java:1)\nCaused by: dev.herald.problem.Problem: b's c\n\tat x.Y.z(Y.java:2)",
				"b's c", "[\"delivery.hold.gone\",\"ann\"]", "[\"delivery.hold.gone\",\"ann\"]", "x".repeat(700),
				"x".repeat(499) + "…");
		english.forEach((message, said) -> assertThat(failure(herald, message).in(Locale.ENGLISH)).isEqualTo(said));
		assertThat(failure(herald, "[\"delivery.hold.job-start\",\"it runs\"]").in(Locale.SIMPLIFIED_CHINESE))
			.isEqualTo("无法启动任务 send-issue：it runs");
		assertThat(failure(herald, "java.lang.NullPointerException: x").in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("x");
	}

	private static Sentence failure(TestHerald herald, String message) {
		herald.get(JdbcClient.class).sql("UPDATE BATCH_JOB_EXECUTION SET EXIT_MESSAGE = ?").param(message).update();
		return Objects.requireNonNull(herald.get(Jobs.class).latest(1).get(0).failure());
	}

	@Test
	void whatIsNotThereIsSaid() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			assertThat(herald.get(Jobs.class).latest(5)).isEmpty();
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> herald.get(Jobs.class).require(7))
				.withMessage("There is no execution 7.");
		}
	}

}
