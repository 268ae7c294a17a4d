package dev.herald.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LimitCommandTests extends CommandTest {

	@Test
	void aLimitIsShownChangedAndGivenBackToTheFile() {
		String before = run("limits").out();
		assertThat(before).containsPattern("(?m)^deadline +24h +file .*send-issue.yaml:\\d+$");

		Result set = run("limits", "set", "deadline", "36h");
		assertThat(set.exitCode()).isZero();
		assertThat(set.out()).startsWith("deadline ").contains(" 36h ", "on the command line, ", "; the files say 24h");
		assertThat(run("limits", "--json").out()).contains(
				"{\"name\":\"deadline\",\"value\":\"36h\",\"origin\":\"run time\",\"written\":\"24h\",\"changeable\":true,");
		assertThat(run("audit").out()).contains("deadline");

		assertThat(run("limits", "reset", "deadline").exitCode()).isZero();
		assertThat(run("limits").out()).isEqualTo(before);
	}

	@Test
	void whatTheFileCouldNotSayIsRefused() {
		assertThat(run("limits", "set", "deadline", "soon").exitCode()).isEqualTo(2);
		assertThat(run("limits", "set", "deadline", "").exitCode()).isEqualTo(2);
		assertThat(run("limits", "set", "chunk-size", "7").exitCode()).isEqualTo(2);
		assertThat(run("limits", "set", "no-such-limit", "7").exitCode()).isEqualTo(2);
		assertThat(run("limits", "reset", "no-such-limit").exitCode()).isEqualTo(2);
		assertThat(run("limits", "set", "deadline").exitCode()).isEqualTo(2);
	}

}
