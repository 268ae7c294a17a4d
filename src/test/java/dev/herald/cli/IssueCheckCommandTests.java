package dev.herald.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
	void aLanguageThatIsNoneIsSaidOfTheFile() throws IOException {
		Result result = execute("issue", "check", write("first.md", "---\nlang: klingonisch\n---\nText.\n").toString());
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).isEqualTo(
				"first.md, front matter: 'klingonisch' is no language tag. Write it as in BCP 47: en, zh-CN, pt-BR.\n");
	}

	@Test
	void theJsonHasStableKeysAndNothingElse() throws IOException {
		newsletter("ai");
		Path file = write("first.md", GOOD + "\n[a](http://example.org/)\n");
		Result result = run("issue", "check", file.toString(), "--newsletter", "ai", "--json");
		assertThat(result.exitCode()).isZero();
		assertThat(result.err()).isEmpty();
		assertThat(result.out()).startsWith(
				"{\"file\":\"first.md\",\"online\":false,\"errors\":0,\"warnings\":2,\"findings\":[{\"file\":\"first.md\",\"check\":\"postal-address\",\"severity\":\"warning\",\"line\":null,\"what\":\"")
			.contains("\"check\":\"http-link\",\"severity\":\"warning\",\"line\":7,\"what\":\"", "\"why\":\"",
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
		Result sent = run("issue", "send", "second", "--newsletter", "ai", "--yes", "--wait");
		assertThat(sent.exitCode()).isZero();
		assertThat(sent.out()).contains("1 of 1 accepted");
	}

	@Test
	void warningsAreShownAndSomebodyHasToConfirmThem() throws IOException {
		newsletter("ai");
		run("subscriber", "import", write("r.csv", "email\nann@example.org\n").toString(), "--newsletter", "ai");
		run("issue", "import", write("first.md", GOOD).toString(), "--newsletter", "ai");
		Result asked = run("issue", "send", "first", "--wait");
		assertThat(asked.exitCode()).isEqualTo(2);
		assertThat(asked.err()).contains("first.md: warning: The newsletter has no postal address. ",
				"Nothing was changed: there is nobody to ask.", "say it again with --yes");
		assertThat(run("issue", "status", "first").out()).contains("not sent");
		assertThat(run("issue", "send", "first", "--wait", "--yes").out()).contains("1 of 1 accepted");
	}

	@Test
	void theWebIsAskedOnlyWhenThatIsSaid() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		site.createContext("/", (exchange) -> {
			asked.incrementAndGet();
			exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/there") ? 200 : 404, -1);
			exchange.close();
		});
		site.start();
		try {
			String base = "http://127.0.0.1:" + site.getAddress().getPort() + "/";
			run("newsletter", "create", "ai", "--name", "AI", "--from", "eds@example.org", "--base-url", base);
			String file = write("first.md", "# First\n\n[a](there)\n\n[b](gone) [c](http://127.0.0.2:1/)\n").toString();
			assertThat(run("issue", "check", file, "--newsletter", "ai", "--json").out()).contains("\"online\":false")
				.doesNotContain("dead-link");
			assertThat(asked).hasValue(0);
			Result result = run("issue", "check", file, "--newsletter", "ai", "--online", "--online-timeout", "30s",
					"--json");
			assertThat(result.exitCode()).isZero();
			assertThat(result.out()).contains("\"online\":true",
					"{\"file\":\"first.md\",\"check\":\"dead-link\",\"severity\":\"warning\",\"line\":5,\"what\":\"The link “b” does not answer: 404.\"",
					"\"what\":\"The link “c” was not asked: 127.0.0.2 is not on the public internet.\"");
			assertThat(asked).hasValue(3);
		}
		finally {
			site.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "soon", "0s", "2h", "-5m" })
	void aTimeThatIsNoneIsWrongUsage(String time) throws IOException {
		Result result = execute("issue", "check", write("a.md", GOOD).toString(), "--online", "--online-timeout", time);
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).contains("no time from 1 s to 1 h");
	}

	@Test
	void anUnknownIssueIsWrongUsage() {
		newsletter("ai");
		assertThat(run("issue", "check", "none").exitCode()).isEqualTo(2);
	}

}
