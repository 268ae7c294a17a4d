package dev.herald.cli;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator does for a person who asks for his data. */
class PersonCommandTests extends CommandTest {

	@Test
	void aCopyIsJsonAndAnErasureIsAskedForFirst() throws IOException {
		newsletter("ai");
		run("subscriber", "import", write("r.csv", "email,name\nann@example.org,Ann\n").toString(), "--newsletter",
				"ai");
		Result copy = run("subscriber", "data", "Ann@Example.org");
		assertThat(copy.exitCode()).as(copy.err()).isZero();
		assertThat(copy.out()).startsWith("{\"from\":")
			.contains("\"address\":\"ann@example.org\"", "\"source\":\"IMPORT\"");
		Result unasked = run("subscriber", "erase", "ann@example.org");
		assertThat(unasked.exitCode()).isEqualTo(2);
		assertThat(unasked.err()).contains("--yes");
		assertThat(run("subscriber", "data", "ann@example.org").exitCode()).isZero();
		Result erased = run("subscriber", "erase", "ann@example.org", "--yes");
		assertThat(erased.out()).startsWith("Erased.");
		for (String command : new String[] { "data", "erase" }) {
			Result gone = run("subscriber", command, "ann@example.org");
			assertThat(gone.exitCode()).isEqualTo(1);
			assertThat(gone.err()).contains("ann@example.org is no subscriber's address");
		}
		assertThat(run("audit").out()).contains("person.exported", "person.erased").doesNotContain("ann@example.org");
		Result again = run("subscriber", "import", write("s.csv", "email\nANN@example.org\n").toString(),
				"--newsletter", "ai");
		assertThat(again.exitCode()).isZero();
		assertThat(run("subscriber", "data", "ann@example.org").exitCode()).isEqualTo(1);
	}

}
