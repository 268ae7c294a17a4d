package dev.herald.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class CliTests extends CommandTest {

	private static final String ISSUE = "# First issue\n\nHello, [world](https://example.org/).\n";

	@ParameterizedTest
	@ValueSource(strings = { "serve", "newsletter create", "newsletter set", "subscriber import", "subscriber export",
			"subscriber history", "subscriber lift", "bounce waves", "issue import", "issue render", "issue check",
			"issue send", "issue pause", "issue resume", "issue cancel", "issue resend", "issue resolve",
			"issue status", "issue recipients", "bounce parse", "bounce collect", "account add", "account list",
			"account password", "account enable", "account disable", "account role", "account totp-reset",
			"account unlock", "audit", "health", "report", "job list", "job restart", "dkim create", "dkim record" })
	void theHelpOfEachCommandShowsAnExample(String command) {
		Result result = execute((command + " --help").split(" "));
		assertThat(result.exitCode()).isZero();
		assertThat(result.out()).contains("Usage: herald " + command).contains("Example:\n").contains(command);
	}

	@ParameterizedTest
	@ValueSource(strings = { "issu", "issue", "issue frobnicate", "newsletter create", "newsletter create a b",
			"newsletter set", "subscriber import", "subscriber import a.csv", "issue send", "issue render x.md",
			"issue check", "bounce parse", "job restart", "job restart seven", "serve --port 1",
			"issue recipients a --state lost", "--stacktrace", "issue status a --jsn",
			"subscriber import none.csv --newsletter a --rejects" })
	void wrongUsageEndsWith2AndAHintOnStandardError(String command) {
		Result result = execute(command.split(" "));
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.out()).isEmpty();
		assertThat(result.err()).isNotBlank().doesNotContain("\tat ");
	}

	@Test
	void aNewsletterIsCreatedOnce() {
		Result created = run("newsletter", "create", "ai", "--name", "AI 周报", "--from", "Eds <eds@example.org>",
				"--language", "zh-CN", "--base-url", "https://ai.example.org/");
		assertThat(created).isEqualTo(new Result(0, "Created newsletter ai: AI 周报, from Eds <eds@example.org>.\n", ""));
		Result again = run("newsletter", "create", "ai", "--name", "AI", "--from", "eds@example.org");
		assertThat(again.exitCode()).isEqualTo(2);
		assertThat(again.err()).isEqualToIgnoringNewLines("There is a newsletter 'ai' already. Choose another key.");
	}

	@Test
	void wrongValuesOfANewsletterAreSaid() {
		String[] good = { "newsletter", "create", "ai", "--name", "AI", "--from", "eds@example.org" };
		assertThat(run("newsletter", "create", "AI!", "--name", "AI", "--from", "eds@example.org").err())
			.contains("lower-case");
		assertThat(run("newsletter", "create", "ai", "--name", "AI", "--from", "eds").err()).contains("no address");
		assertThat(run(with(good, "--language", "english_UK")).err()).contains("BCP 47");
		assertThat(run(with(good, "--base-url", "example.org")).err()).contains("whole address");
		assertThat(run(with(good, "--base-url", "example.org")).exitCode()).isEqualTo(2);
		assertThat(run(with(good, "--accent", "blurple")).err()).contains("'blurple' is no colour");
		assertThat(run(with(good, "--logo", "https://example.org/l.png")).err()).contains("such as 120x40");
		assertThat(run(with(good, "--logo-size", "120x40")).err()).contains("A logo's size needs a logo");
		assertThat(run(with(good, "--width", "wide")).err()).contains("480 to 720");
		assertThat(run(with(good, "--font", "a;b")).exitCode()).isEqualTo(2);
	}

	private static String[] with(String[] words, String... more) {
		String[] all = Arrays.copyOf(words, words.length + more.length);
		System.arraycopy(more, 0, all, words.length, more.length);
		return all;
	}

	@Test
	void subscribersGoInAndOutAgain() throws IOException {
		newsletter("ai");
		Path csv = write("readers.csv", "email,name,age\nann@example.org,Ann,3\nbob,Bob,4\n");
		Result dry = run("subscriber", "import", csv.toString(), "--newsletter", "ai", "--dry-run");
		assertThat(dry.out()).startsWith("Dry run, nothing changed: 1 added");
		Result result = run("subscriber", "import", csv.toString(), "--newsletter", "ai");
		assertThat(result.exitCode()).isZero();
		assertThat(result.out()).isEqualTo("""
				Imported: 1 added, 0 subscribed already, 0 had unsubscribed and stay so, 0 repeated, 1 rejected.
				  line 3, email: 'bob' is no address: it needs a name, @ and a domain.
				The rejected rows are in %s: mend them there and import that file.
				""".formatted(folder().resolve("readers.rejects.csv")));
		assertThat(result.err()).contains("Kept as attributes: age.");
		assertThat(folder().resolve("readers.rejects.csv")).content().contains("bob,Bob,4");
		Result export = run("subscriber", "export", "--newsletter", "ai");
		assertThat(export.out()).startsWith(
				"email,name,state,since,paused_until,zone,language,suppression,suppressed_since,suppression_why,attribute.age\r\n"
						+ "ann@example.org,Ann,ACTIVE,")
			.endsWith(",,,,,,,3\r\n");
		assertThat(export.err()).isEmpty();
		assertThat(run("subscriber", "export", "--newsletter", "ai", "--format", "jsonl").out())
			.startsWith("{\"email\":\"ann@example.org\",\"name\":\"Ann\",\"state\":\"ACTIVE\",\"since\":\"20")
			.endsWith(",\"attributes\":{\"age\":\"3\"}}\n");
	}

	@Test
	void aListIsReadAsItsOwnerSays() throws IOException {
		newsletter("ai");
		Path list = Files.write(folder().resolve("cn.txt"),
				"联系方式;城市;备注\nli@example.cn;北京;x\n".getBytes(Charset.forName("GB18030")));
		String[] command = { "subscriber", "import", list.toString(), "--newsletter", "ai", "--map", "联系方式=email",
				"--map", "备注=ignored", "--as", "pending" };
		Result result = run(command);
		assertThat(result.out()).isEqualTo("""
				Imported: 0 added, 0 subscribed already, 0 had unsubscribed and stay so, 0 repeated, 0 rejected.
				  1 not confirmed yet: they get nothing.
				""");
		assertThat(result.err()).contains("Read as GB18030, separated by ';'.", "Kept as attributes: 城市.",
				"Not kept: 备注.");
		assertThat(run("subscriber", "import", list.toString(), "--newsletter", "ai").err())
			.contains("no column is called email");
		for (String[] wrong : List.of(new String[] { "--map", "x=email" }, new String[] { "--map", "城市=town" },
				new String[] { "--as", "king" }, new String[] { "--from", "aol" },
				new String[] { "--encoding", "EBCDIC-XX" }, new String[] { "--separator", "ab" })) {
			assertThat(run(with(command, wrong)).exitCode()).as(wrong[1]).isEqualTo(2);
		}
		Path left = write("left.csv", "email\nann@example.org\n");
		run("subscriber", "import", left.toString(), "--newsletter", "ai");
		assertThat(run("subscriber", "import", left.toString(), "--newsletter", "ai", "--as", "unsubscribed").out())
			.contains("1 were subscribed here and are unsubscribed now");
	}

	@Test
	void anImportOfWhichNothingCouldBeTakenFailed() throws IOException {
		newsletter("ai");
		Path csv = write("readers.csv", "email\nbob\n");
		assertThat(run("subscriber", "import", csv.toString(), "--newsletter", "ai").exitCode()).isEqualTo(1);
		Path empty = write("none.csv", "email\n");
		assertThat(run("subscriber", "import", empty.toString(), "--newsletter", "ai").exitCode()).isZero();
		assertThat(run("subscriber", "import", folder().resolve("no.csv").toString(), "--newsletter", "ai").exitCode())
			.isEqualTo(2);
	}

	@Test
	void unknownNamesAreWrongUsageAndListTheCandidates() throws IOException {
		newsletter("ai");
		newsletter("ml");
		assertThat(run("subscriber", "export", "--newsletter", "zz").err()).contains("There are: ai, ml.");
		Path file = write("first.md", ISSUE);
		run("issue", "import", file.toString(), "--newsletter", "ai");
		run("issue", "import", file.toString(), "--newsletter", "ml");
		Result ambiguous = run("issue", "status", "first");
		assertThat(ambiguous.exitCode()).isEqualTo(2);
		assertThat(ambiguous.err()).contains("ai/first", "ml/first", "--newsletter");
		Result unknown = run("issue", "status", "second", "--newsletter", "ai");
		assertThat(unknown.exitCode()).isEqualTo(2);
		assertThat(unknown.err()).contains("second");
	}

	@Test
	void anIssueIsImportedSentAndReported() throws IOException {
		newsletter("ai");
		Path csv = write("readers.csv", "email\nann@example.org\nbob@example.org\n");
		run("subscriber", "import", csv.toString(), "--newsletter", "ai");
		Path file = write("first.md", ISSUE);
		Result imported = run("issue", "import", file.toString(), "--newsletter", "ai");
		assertThat(imported.out()).isEqualTo("Imported ai/first: First issue\n");
		assertThat(run("issue", "import", file.toString(), "--newsletter", "ai").out()).contains("Nothing changed");
		assertThat(run("issue", "status", "first", "--json").out()).isEqualTo(
				"{\"recipients\":0,\"ready\":0,\"sending\":0,\"accepted\":0,\"deferred\":0,\"rejected\":0,\"uncertain\":0,\"skipped\":0,\"expired\":0,\"cancelled\":0}\n");
		Result sent = run("issue", "send", "first", "--newsletter", "ai", "--yes", "--wait");
		assertThat(sent.err()).doesNotContain("\tat ");
		assertThat(sent.exitCode()).isZero();
		assertThat(sent.out()).contains("2 of 2 accepted");
		assertThat(run("issue", "status", "first", "--json").out())
			.startsWith("{\"recipients\":2,\"ready\":0,\"sending\":0,\"accepted\":2,");
		assertThat(run("issue", "recipients", "first", "--state", "accepted").out())
			.isEqualTo("ann@example.org\nbob@example.org\n");
		assertThat(run("report", "first").out()).contains("2 of 2 accepted");
		assertThat(run("report", "first", "--json").out()).startsWith("{\"newsletter\":\"ai\",\"slug\":\"first\",");
		Result jobs = run("job", "list");
		assertThat(jobs.out()).contains("send-issue", "completed", "ai/first, send 1");
		JdbcClient.create(new DriverManagerDataSource(url(), "sa", ""))
			.sql("UPDATE BATCH_JOB_EXECUTION SET EXIT_MESSAGE = '[\"delivery.hold.job-start\",\"it runs\"]'")
			.update();
		assertThat(run("job", "list").out()).endsWith("        The job send-issue could not be started: it runs\n");
		assertThat(run("job", "restart", "1").err()).contains("nothing to restart");
		assertThat(run("job", "restart", "99").err()).contains("There is no execution 99");
	}

	@Test
	void aSendWithoutServerIsDeliveredByTheCommand() throws IOException {
		newsletter("ai");
		run("subscriber", "import", write("r.csv", "email\nann@example.org\n").toString(), "--newsletter", "ai");
		run("issue", "import", write("first.md", ISSUE).toString(), "--newsletter", "ai");
		Result sent = run("issue", "send", "first", "--newsletter", "ai", "--yes");
		assertThat(sent.exitCode()).isZero();
		assertThat(sent.err())
			.contains("No server is running on this database, so this command delivers the send itself.");
		assertThat(sent.out()).contains("1 of 1 accepted");
	}

	@Test
	void aTypoInTheValuesOfTheJobIsToldBeforeAnythingIsAskedFor() throws IOException {
		newsletter("ai");
		run("subscriber", "import", write("one.csv", "email\njo@example.org\n").toString(), "--newsletter", "ai");
		run("issue", "import", write("first.md", ISSUE).toString(), "--newsletter", "ai");
		Path values = folder().resolve("home/batch/send-issue.yaml");
		Files.createDirectories(values.getParent());
		Files.writeString(values, "connectons: 3");
		Result result = run("issue", "send", "first", "--wait", "--herald.home=" + folder().resolve("home"));
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).contains("batch/send-issue.yaml: Herald does not know connectons");
		assertThat(run("issue", "status", "first").out()).contains("not sent");
	}

	@Test
	void aFileIsRenderedWithoutADatabase() throws IOException {
		Path out = folder().resolve("preview");
		Result result = execute("issue", "render", write("first.md", ISSUE).toString(), "--out", out.toString(),
				"--spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/none");
		assertThat(result.err()).isEmpty();
		assertThat(result.exitCode()).isZero();
		assertThat(out.resolve("issue.html")).content().contains("First issue");
		assertThat(out.resolve("issue.txt")).content().contains("First issue");
		assertThat(out.resolve("issue.eml")).content().contains("Subject: First issue");
	}

	@Test
	void aFileIsRenderedWithTheTemplatesOfHeraldHome() throws IOException {
		Path template = folder().resolve("home/templates/issue/text.ftl");
		Files.createDirectories(template.getParent());
		Files.writeString(template, "Mine.\n${nothing_of_that_name}");
		Result result = execute("issue", "render", write("first.md", ISSUE).toString(), "--out",
				folder().resolve("preview").toString(), "--herald.home=" + folder().resolve("home"));
		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.err()).isEqualToIgnoringNewLines(
				"templates/issue/text.ftl, line 2, column 3: The following has evaluated to null or missing: "
						+ "nothing_of_that_name. Nothing was sent; mend the template and try again.");
		assertThat(folder().resolve("preview")).doesNotExist();
	}

	@Test
	void anImportedIssueIsRenderedBySlug() throws IOException {
		newsletter("ai");
		run("issue", "import", write("first.md", ISSUE).toString(), "--newsletter", "ai");
		Path out = folder().resolve("preview");
		assertThat(run("issue", "render", "first", "--out", out.toString()).exitCode()).isZero();
		assertThat(out.resolve("issue.eml")).content().contains("The ai");
	}

	@Test
	void mailsThatCameBackAreParsedWithoutADatabase() throws IOException {
		Path mail = write("a.eml", "From: jo@example.org\r\nSubject: Hi\r\n\r\nHello\r\n");
		Result result = execute("bounce", "parse", mail.toString(), "--json");
		assertThat(result)
			.isEqualTo(new Result(0, "[{\"file\":\"" + mail + "\",\"kind\":\"other\",\"recipients\":[]}]\n", ""));
		Result missing = execute("bounce", "parse", folder().resolve("no.eml").toString(), mail.toString(), "--json");
		assertThat(missing.exitCode()).isEqualTo(2);
		assertThat(missing.out()).contains("\"kind\":\"other\"");
		assertThat(missing.err()).contains("There is no file");
	}

	@Test
	void collectingWithoutAMailboxSaysWhatToSet() {
		Result result = run("bounce", "collect");
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err()).contains("herald.bounce.mailboxes.main.host");
	}

	@Test
	void aDatabaseThatIsDownIsOneLine() {
		Result result = execute("issue", "status", "first",
				"--spring.datasource.url=jdbc:mysql://127.0.0.1:1/herald?connectTimeout=500");
		assertThat(result.exitCode()).isEqualTo(1);
		assertThat(result.out()).isEmpty();
		assertThat(result.err().strip()).startsWith("The database can't be reached").doesNotContain("\n");
	}

	@Test
	void aWrongSettingNamesItself() {
		Result result = run("newsletter", "create", "ai", "--name", "AI", "--from", "a@example.org",
				"--spring.datasource.hikari.maximum-pool-size=many");
		assertThat(result.exitCode()).isEqualTo(2);
		assertThat(result.err().strip()).contains("spring.datasource.hikari").doesNotContain("\n");
	}

	@Test
	void aFaultOfHeraldIsOneLineAndItsTraceAFile() throws IOException {
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		Console console = new Console(new PrintStream(new ByteArrayOutputStream()), new PrintStream(err), false);
		int exitCode;
		try (Beans beans = new Beans()) {
			exitCode = Cli.commands(console, beans).addSubcommand("broken", new Broken()).execute("broken");
		}
		String line = err.toString(StandardCharsets.UTF_8).strip();
		assertThat(exitCode).isEqualTo(1);
		assertThat(line).startsWith("Herald has a fault: IllegalStateException: on purpose (details in ")
			.doesNotContain("\n");
		Path log = Path.of(line.substring(line.indexOf("details in ") + 11, line.length() - 1));
		assertThat(log).content().contains("\tat ");
		Files.delete(log);
	}

	@Command
	static final class Broken implements Runnable {

		@Override
		public void run() {
			throw new IllegalStateException("on purpose");
		}

	}

}
