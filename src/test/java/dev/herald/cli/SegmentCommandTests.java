package dev.herald.cli;

import java.io.IOException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentCommandTests extends CommandTest {

	@Test
	void aSegmentIsMadeShownChangedDeletedAndBroughtBack() throws IOException {
		newsletter("ai");
		String people = write("people.csv", "email,city\nann@example.org,Berlin\nbob@example.org,Paris\n").toString();
		run("subscriber", "import", people, "--newsletter", "ai");
		String berlin = write("berlin.json", """
				{"all":[{"field":"attribute","name":"city","test":"is","value":"berlin"}]}""").toString();
		String gmail = write("gmail.json", """
				{"none":[{"field":"provider","test":"is","value":["gmail"]}]}""").toString();

		assertThat(run("segment", "create", "berlin", "--newsletter", "ai", "--name", "In Berlin", "--tree", berlin))
			.isEqualTo(new Result(0, "Created segment berlin; active subscriptions in it now: 1\n", ""));
		assertThat(run("segment", "list", "--newsletter", "ai").out())
			.isEqualTo("berlin                       1  In Berlin\n");
		assertThat(run("subscriber", "export", "--newsletter", "ai", "--segment", "berlin").out().lines().skip(1))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains("@example.org", ",ACTIVE,", ",Berlin");
		assertThat(run("subscriber", "export", "--newsletter", "ai", "--segment", "paris"))
			.satisfies((refused) -> assertThat(refused.out()).isEmpty())
			.satisfies((refused) -> assertThat(refused.err())
				.contains("There is no segment 'paris' of this newsletter.", "berlin"));
		assertThat(run("segment", "create", "berlin", "--newsletter", "ai", "--tree", berlin).err())
			.contains("There is a segment 'berlin' of this newsletter already.");
		assertThat(run("segment", "set", "berlin", "--newsletter", "ai", "--tree", gmail).out())
			.isEqualTo("Changed segment berlin; active subscriptions in it now: 2\n");
		assertThat(run("segment", "show", "berlin", "--newsletter", "ai").out()).contains("\"none\"", "\"gmail\"");
		assertThat(run("segment", "count", "berlin", "--newsletter", "ai").out()).isEqualTo("2\n");
		assertThat(run("segment", "delete", "berlin", "--newsletter", "ai").exitCode()).isZero();
		assertThat(run("segment", "count", "berlin", "--newsletter", "ai").err())
			.contains("There is no segment 'berlin' of this newsletter. It has none yet.");
		assertThat(run("segment", "delete", "berlin", "--newsletter", "ai", "--undo").out())
			.isEqualTo("Segment berlin is back.\n");
		assertThat(run("segment", "count", "berlin", "--newsletter", "ai").out()).isEqualTo("2\n");
	}

	@Test
	void whatIsWrongWithATreeIsToldAndNothingIsKept() throws IOException {
		newsletter("ai");
		String wrong = write("wrong.json", """
				{"all":[{"field":"attribute","name":"city","test":"is","value":7}]}""").toString();
		Result refused = run("segment", "create", "x", "--newsletter", "ai", "--tree", wrong);
		assertThat(refused.exitCode()).isEqualTo(2);
		assertThat(refused.err()).contains("all[0].value: Write a line of 1 to 500 characters, in quotes.");
		String unknown = write("unknown.json", """
				{"all":[{"field":"issue","test":"not-opened","value":"none-such"}]}""").toString();
		assertThat(run("segment", "create", "x", "--newsletter", "ai", "--tree", unknown).err())
			.contains("all[0].value: The newsletter has no issue 'none-such'.");
		assertThat(run("segment", "list", "--newsletter", "ai").err()).contains("Newsletter ai has no segments.");
	}

}
