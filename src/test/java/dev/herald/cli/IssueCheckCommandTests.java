package dev.herald.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IssueCheckCommandTests extends CommandTest {

	private static final String GOOD = """
			---
			title: What the week brought
			preheader: Three short reads on compilers, and one on bread.
			---
			[A compiler](https://example.org/compiler) got faster.
			""";

	@Test
	void aFileIsCheckedWithoutDatabaseAndErrorsExitWith1() throws IOException {
		Path file = write("first.md", GOOD + "\nSee [here]().\n");
		Result result = execute("issue", "check", file.toString());
		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.out().lines()).hasSize(2)
			.first()
			.asString()
			.startsWith("first.md: warning: The newsletter has no postal address. ");
		assertThat(result.out()).endsWith(
				"first.md:7: error: The link “here” has no address. Its text arrives, and leads nowhere. Write the address between the parentheses.\n");
		assertThat(result.err()).startsWith("1 error, 1 warning.").contains("--newsletter KEY names the real one");
	}

	@Test
	void warningsExitWith0() throws IOException {
		Result result = execute("issue", "check", write("first.md", GOOD).toString());
		assertThat(result.exitCode()).isZero();
		assertThat(result.err()).startsWith("0 errors, 1 warning.");
	}

	@Test
	void theJsonHasStableKeysAndNothingElse() throws IOException {
		newsletter("ai");
		Path file = write("first.md", GOOD + "\n[a](http://example.org/)\n");
		Result result = run("issue", "check", file.toString(), "--newsletter", "ai", "--json");
		assertThat(result.exitCode()).isZero();
		assertThat(result.err()).isEmpty();
		assertThat(result.out()).startsWith(
				"{\"file\":\"first.md\",\"errors\":0,\"warnings\":2,\"findings\":[{\"check\":\"postal-address\",\"severity\":\"warning\",\"line\":null,\"what\":\"")
			.contains("{\"check\":\"http-link\",\"severity\":\"warning\",\"line\":7,\"what\":\"", "\"why\":\"",
					"\"mend\":\"");
	}

	@Test
	void anIssueWithErrorsIsNotSentAndTheListIsSaid() throws IOException {
		newsletter("ai");
		run("subscriber", "import", write("r.csv", "email\nann@example.org\n").toString(), "--newsletter", "ai");
		run("issue", "import", write("first.md", GOOD + "\nDear ${name}\n").toString(), "--newsletter", "ai");
		assertThat(run("issue", "check", "first").exitCode()).isEqualTo(1);
		Result refused = run("issue", "send", "first", "--newsletter", "ai", "--wait");
		assertThat(refused.exitCode()).isEqualTo(1);
		assertThat(refused.err()).contains("Not sent: the check of first found what has to be mended first.\n"
				+ "first.md:7: error: “${name}” is not filled in.");
		run("issue", "import", write("second.md", GOOD).toString(), "--newsletter", "ai");
		Result sent = run("issue", "send", "second", "--newsletter", "ai", "--wait");
		assertThat(sent.exitCode()).isZero();
		assertThat(sent.out()).contains("1 of 1 accepted");
	}

	@Test
	void anUnknownIssueIsWrongUsage() {
		newsletter("ai");
		assertThat(run("issue", "check", "none").exitCode()).isEqualTo(2);
	}

}
