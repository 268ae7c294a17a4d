package dev.herald.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Pause, resume, cancel, resend, resolve and watch, as they are typed. */
class DecisionCommandTests extends CommandTest {

	@BeforeEach
	void anIssueThatTwoReadersGot() throws IOException {
		newsletter("ai");
		run("subscriber", "import", write("r.csv", "email\nann@example.org\nbob@example.org\n").toString(),
				"--newsletter", "ai");
		run("issue", "import", write("first.md", "# First issue\n\nHello.\n").toString(), "--newsletter", "ai");
		assertThat(run("issue", "send", "first", "--yes", "--wait").exitCode()).isZero();
	}

	@Test
	void aSendIsPausedResumedAndCancelled() {
		assertThat(run("issue", "pause", "first").err()).contains("Nothing was changed: no send of first", "done");
		sql("UPDATE send SET status = 'WAITING', finished_at = NULL");
		sql("UPDATE delivery SET state = 0 WHERE subscriber_id = 2");
		Result paused = run("issue", "pause", "first");
		assertThat(paused).isEqualTo(new Result(0, "Paused send 1. To go on with it: issue resume first\n", ""));
		assertThat(run("issue", "pause", "first").out()).startsWith("Send 1 is held already: Paused by ")
			.endsWith(" on the command line\n");
		assertThat(run("issue", "status", "first").out())
			.contains("send 1: held for a decision, a rehearsal (Paused by ");

		Result resumed = run("issue", "resume", "first", "--wait");
		assertThat(resumed.err()).contains("Resumed send 1. It was held: Paused by ");
		assertThat(resumed.out()).contains("2 of 2 accepted");

		sql("UPDATE send SET status = 'HELD', reason = 'why not', finished_at = NULL");
		sql("UPDATE delivery SET state = 3 WHERE subscriber_id = 2");
		Result cancelled = run("issue", "cancel", "first");
		assertThat(cancelled.out()).isEqualTo("Cancelled send 1: 1 accepted before, 1 not tried any more.\n");
		assertThat(cancelled.err()).contains("issue resend first --state cancelled");
		assertThat(run("issue", "resume", "first").err()).contains("no send of first", "cancelled");
	}

	@Test
	void theExactListIsShownAndNothingIsDoneWithoutAWordOfAPerson() {
		sql("UPDATE delivery SET state = 4 WHERE subscriber_id = 2");
		Result asked = run("issue", "resend", "first", "--state", "rejected,expired");
		assertThat(asked.exitCode()).isEqualTo(2);
		assertThat(asked.out()).isEqualTo("bob@example.org\n");
		assertThat(asked.err())
			.contains("1 would get first again. Of 1 deliveries that are rejected or expired, none is excluded.")
			.contains("say it again with --yes");
		assertThat(run("issue", "status", "first", "--json").out()).contains("\"rejected\":1", "\"send\":1");

		Result sent = run("issue", "resend", "first", "--state", "rejected", "--yes", "--wait");
		assertThat(sent.out()).startsWith("bob@example.org\n").contains("2 of 2 accepted");
		assertThat(sent.exitCode()).isZero();
		assertThat(run("issue", "resend", "first", "--state", "rejected").out())
			.isEqualTo("Nobody: no delivery of first is rejected.\n");
		assertThat(run("issue", "resend", "first", "--state", "accepted").err()).contains("nobody gets an issue twice");
	}

	@Test
	void theUncertainAreResolved() {
		assertThat(run("issue", "resolve", "first", "--uncertain", "accept").out())
			.isEqualTo("Nobody: no delivery of first is uncertain.\n");
		sql("UPDATE delivery SET state = 5");
		Result accepted = run("issue", "resolve", "first", "--uncertain", "accept", "--yes");
		assertThat(accepted.out()).isEqualTo("ann@example.org\nbob@example.org\n");
		assertThat(accepted.err()).contains("2 deliveries are accepted now.");
		sql("UPDATE delivery SET state = 5 WHERE subscriber_id = 1");
		Result resent = run("issue", "resolve", "first", "--uncertain", "resend", "--yes", "--wait");
		assertThat(resent.err()).contains("whoever got it already gets it twice");
		assertThat(resent.out()).startsWith("ann@example.org\n").contains("2 of 2 accepted");
	}

	@Test
	void aSendThatIsOverIsWatchedOnceAndItsTrafficIsShown() {
		sql("INSERT INTO send_traffic VALUES (1, 3, 'gmail', 5, 2, 12408, 7, 1, 'slowed: 421 4.7.0', '2026-11-24 08:00:00')");
		Result watched = run("issue", "status", "first", "--watch");
		assertThat(watched).isEqualTo(new Result(0, "send 1: done, a rehearsal; 2 of 2 settled\n", ""));
		assertThat(run("issue", "status", "first", "--watch", "--json").out()).contains("\"status\":\"done\"",
				"\"accepted\":2", "\"perSecond\":0.0", "\"secondsLeft\":null",
				"\"providers\":[{\"name\":\"gmail\",\"waiting\":5,\"inFlight\":2,\"accepted\":12408,\"deferred\":7,\"rejected\":1,\"state\":\"slowed: 421 4.7.0\"}",
				"{\"name\":\"other\",\"waiting\":0,\"inFlight\":0,\"accepted\":2,");
		assertThat(run("issue", "status", "first").out()).contains("gmail", "12,408 accepted", "slowed: 421 4.7.0");
	}

	@Test
	void aSendThatIsPinnedToAnOlderVersionSaysSoAndWhatToDo() {
		sql("UPDATE send SET status = 'SCHEDULED', due_at = '2099-01-01 00:00:00'");
		sql("INSERT INTO issue_version (issue_id, number, file_name, source, sha256, created_at) SELECT issue_id, 2, file_name, source, sha256, created_at FROM issue_version");
		sql("UPDATE issue SET current_version = 2");
		String told = "Send 1 is scheduled with an older version of first";
		assertThat(run("issue", "status", "first").err()).contains(told, "issue cancel first, then issue send first");
		assertThat(run("issue", "import", folder().resolve("first.md").toString(), "--newsletter", "ai").err())
			.contains(told);
		assertThat(run("issue", "status", "first", "--json").out()).contains("\"olderVersion\":true");
	}

	@ParameterizedTest
	@CsvSource({ "yes, true", "Y, true", "'', false", "yesterday, false" })
	void onlyAYesIsAYes(String typed, boolean given) {
		InputStream before = System.in;
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		try {
			System.setIn(new ByteArrayInputStream((typed + "\n").getBytes(StandardCharsets.UTF_8)));
			Console console = new Console(new PrintStream(new ByteArrayOutputStream()), new PrintStream(err), true);
			assertThat(new Confirmation(console, false).given("Send it?")).isEqualTo(given);
		}
		finally {
			System.setIn(before);
		}
		assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Send it? [y/N] ");
	}

	@Test
	void aScreenIsDrawnOverTheOneBefore() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Console console = new Console(new PrintStream(out), new PrintStream(new ByteArrayOutputStream()), true);
		console.redraw(0, List.of("one", "two\u001b[31m"));
		console.redraw(2, List.of("three"));
		assertThat(out.toString(StandardCharsets.UTF_8))
			.isEqualTo("\u001b[?7lone\ntwo?[31m\n\u001b[?7h\u001b[2A\u001b[J\u001b[?7lthree\n\u001b[?7h");
	}

	private void sql(String statement) {
		JdbcClient.create(new DriverManagerDataSource(url(), "sa", "")).sql(statement).update();
	}

}
