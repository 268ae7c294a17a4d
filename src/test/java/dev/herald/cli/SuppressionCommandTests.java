package dev.herald.cli;

import java.io.IOException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What people ask and decide about addresses that get nothing. */
class SuppressionCommandTests extends CommandTest {

	@BeforeEach
	void aReader() throws IOException {
		newsletter("ai");
		run("subscriber", "import", write("r.csv", "email\nann@example.org\n").toString(), "--newsletter", "ai");
	}

	@Test
	void aSuppressionIsLiftedWithAReasonAndTheHistoryTellsBoth() {
		sql("""
				INSERT INTO suppression (match_key, reason, evidence, since)
				VALUES ('ann@example.org', 'HARD_BOUNCE', '550 5.1.1 no such user', '2026-01-02 03:04:05')
				""");
		sql("""
				INSERT INTO suppression_change (match_key, suppressed, reason, evidence, by_whom, happened_at)
				VALUES ('ann@example.org', 1, 'HARD_BOUNCE', '550 5.1.1 no such user', '', '2026-01-02 03:04:05')
				""");

		Result lifted = run("subscriber", "lift", "Ann@Example.org", "--reason", "she wrote");

		assertThat(lifted.exitCode()).isZero();
		assertThat(lifted.out())
			.isEqualTo("Lifted the suppression of Ann@example.org (hard bounce: 550 5.1.1 no such user).\n");
		Result history = run("subscriber", "history", "ann@example.org");
		assertThat(history.out().lines().toList()).hasSize(3)
			.satisfiesExactlyInAnyOrder((line) -> assertThat(line).matches("\\S+Z  active +ai, by import"),
					(line) -> assertThat(line)
						.isEqualTo("2026-01-02T03:04:05Z  suppressed    hard bounce: 550 5.1.1 no such user"),
					(line) -> assertThat(line)
						.matches("\\S+Z  lifted +hard bounce: she wrote, by .* on the command line"));
		assertThat(run("subscriber", "history", "ann@example.org", "--json").out()).contains("\"what\":\"suppressed\"",
				"\"detail\":\"hard bounce: 550 5.1.1 no such user\"");
	}

	@Test
	void whatIsNotSuppressedCannotBeLifted() {
		Result result = run("subscriber", "lift", "ann@example.org", "--reason", "why not");
		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.err()).contains("Nothing was changed: ann@example.org is not suppressed");
		assertThat(run("subscriber", "lift", "ann@example.org").exitCode()).isEqualTo(2);
		assertThat(run("subscriber", "lift", "ann", "--reason", "x").err()).isNotBlank().doesNotContain("\tat ");
		assertThat(run("subscriber", "history", "cyd@example.org").out())
			.isEqualTo("Nothing is on record about cyd@example.org.\n");
	}

	@Test
	void wavesAreListedAndDecided() {
		assertThat(run("bounce", "waves").out()).isEqualTo("No wave of bounces was held.\n");
		Result result = run("bounce", "waves", "--dead", "7");
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).contains("No wave of bounces with the number 7 waits for a decision");
		assertThat(run("bounce", "waves", "--dead", "7", "--alive", "7").exitCode()).isEqualTo(2);
	}

	@Test
	void reportsWithoutATokenAreListedAndDecided() {
		assertThat(run("bounce", "review").out()).isEqualTo("No report waits for a decision.\n");
		sql("""
				INSERT INTO report_review (report_sha256, address, source, kind, bounce_class, status, action, reason,
				                           evidence, received_at)
				VALUES ('%s', 'ann@example.org', 'imaps://imap.example.org/INBOX', 'BOUNCE', 'HARD', '5.1.1', 'failed',
				        'userunknown', '550 no such user', '2026-01-02 03:04:05')
				""".formatted("a".repeat(64)));
		assertThat(run("bounce", "review").out()).isEqualTo(
				"1  2026-01-02T03:04:05Z, from imaps://imap.example.org/INBOX: ann@example.org, hard userunknown: 5.1.1 550 no such user\n");
		Result counted = run("bounce", "review", "--count", "1");
		assertThat(counted.exitCode()).isEqualTo(1);
		assertThat(counted.err()).contains("no issue was sent to");
		assertThat(run("bounce", "review", "--dismiss", "1").out()).isEqualTo("Dismissed; nothing follows from it.\n");
		assertThat(run("bounce", "review", "--dismiss", "1").exitCode()).isEqualTo(2);
	}

	private void sql(String statement) {
		JdbcClient.create(new DriverManagerDataSource(url(), "sa", "")).sql(statement).update();
	}

}
