package dev.herald.testsend;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.render.IssueCompiler;
import dev.herald.render.Recipient;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Received;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.DeliveryKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class TestSendsTests {

	private final TestDatabase.Opened database;

	TestSendsTests(TestDatabase database) {
		this.database = database.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	private TestHerald herald(int relayPort, String... properties) {
		String[] all = new String[properties.length + 2];
		all[0] = "spring.mail.host=127.0.0.1";
		all[1] = "spring.mail.port=" + relayPort;
		System.arraycopy(properties, 0, all, 2, properties.length);
		return TestHerald.on(this.database, all);
	}

	private static TestReport test(TestHerald herald, Issue issue, String to, String... names) {
		return herald.get(TestSends.class).send(issue, TestReaders.of(to, List.of(names)), "ann@example.org");
	}

	private static void stop(ScriptedSmtpServer relay) {
		relay.close();
	}

	private static List<String> words(TestReport report) {
		return report.mails().stream().map((mail) -> mail.inWords().toString()).toList();
	}

	private Map<String, Integer> rows() {
		Map<String, Integer> rows = new TreeMap<>();
		for (String table : List.of("subscriber", "subscription", "consent", "suppression", "send", "delivery",
				"delivery_reply", "relay_day", "bounce", "report_review", "scheduled_tasks")) {
			rows.put(table, this.database.jdbc().sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single());
		}
		return rows;
	}

	@Test
	void eachAddressGetsTheRelaysAnswerAndNothingIsRecorded() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start((stage,
				address) -> (stage == Stage.RCPT && address.startsWith("bo@")) ? "550 5.1.1 no such user" : null);
				TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 2), "one");
			Map<String, Integer> before = rows();

			TestReport report = test(herald, issue, "ann@example.org, bo@example.net，cy@example.org");

			assertThat(words(report)).containsExactly(
					"ann@example.org (as Sample Reader): accepted by the relay: 250 2.0.0 taken",
					"bo@example.net (as Sample Reader): rejected by the relay: 550 5.1.1 no such user",
					"cy@example.org (as Sample Reader): accepted by the relay: 250 2.0.0 taken");
			assertThat(report.allAccepted()).isFalse();
			assertThat(report.subject()).isEqualTo("[Test] The Issue");
			assertThat(report.relay()).isEqualTo("127.0.0.1:" + relay.port());
			assertThat(relay.recipients()).containsExactly("ann@example.org", "cy@example.org");
			assertThat(relay.connections()).isEqualTo(1);
			assertThat(rows()).isEqualTo(before);
		}
	}

	@Test
	void aTestIsTheMailOfARealSendButForItsSubjectAndItsLinks() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 0);
			Issue issue = herald.issue(newsletter, "one");

			test(herald, issue, "ann@example.org", "Ann");

			Received test = relay.received().get(0);
			String real = new String(herald.get(IssueCompiler.class)
				.compile(herald.get(Issues.class).source(issue.versionId()), newsletter)
				.message(new Recipient(new DeliveryKey(0, 1),
						new Subscriber(1, new EmailAddress("ann@example.org"), "Ann")))
				.content(), StandardCharsets.UTF_8);
			assertThat(test.text()).contains("\r\nSubject: [Test] The Issue\r\n",
					"\r\nList-Unsubscribe: <http://localhost:8080/u/SAMPLE>\r\n",
					"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
			assertThat(neutral(test.text())).isEqualTo(neutral(real));
			assertThat(test.sender()).isEqualTo("bounce+SAMPLE@localhost");
		}
	}

	/** Without what may differ; a quoted-printable link may be broken anywhere. */
	private static String neutral(String mail) {
		return mail.replace("=\r\n", "")
			.replaceFirst("Date: .*", "Date")
			.replaceFirst("Message-ID: .*", "Message-ID")
			.replaceFirst("Subject: (?:\\[Test\\] )?", "Subject: ")
			.replaceAll("/u/(?:SAMPLE|[a-z2-7]{40})", "/u/TOKEN");
	}

	@Test
	void twoTestsAreTwoMailsForMailPrograms() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 0), "one");
			test(herald, issue, "ann@example.org,bo@example.org");
			test(herald, issue, "ann@example.org");
			Pattern messageId = Pattern.compile("Message-ID: <SAMPLE\\.[0-9a-f]{24}\\.[12]@localhost>");
			assertThat(relay.received().stream().map(Received::text))
				.allMatch((text) -> messageId.matcher(text).find());
			assertThat(relay.received()
				.stream()
				.map((mail) -> messageId.matcher(mail.text()).results().toList().get(0).group())).hasSize(3)
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void aTemplateThatGreetsByNameIsShownBothWays(@TempDir Path home) throws Exception {
		Path templates = Files.createDirectories(home.resolve("templates/issue"));
		Files.writeString(templates.resolve("text.ftl"),
				"<#if recipient.name?has_content>Dear ${recipient.name},</#if> ${issue.body} ${unsubscribe}");
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestHerald herald = herald(relay.port(), "herald.home=" + home)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 0), "one");
			assertThat(words(test(herald, issue, "ann@example.org"))).containsExactly(
					"ann@example.org (as Sample Reader): accepted by the relay: 250 2.0.0 taken",
					"ann@example.org (as a reader without a name): accepted by the relay: 250 2.0.0 taken");
			assertThat(words(test(herald, issue, "ann@example.org", "Jo", "", "Jo"))).containsExactly(
					"ann@example.org (as Jo): accepted by the relay: 250 2.0.0 taken",
					"ann@example.org (as a reader without a name): accepted by the relay: 250 2.0.0 taken");
			assertThat(relay.received().get(2).text()).contains("\r\nTo: Jo <ann@example.org>\r\n", "Dear Jo,");
		}
	}

	@Test
	void whatTheCheckFindsIsToldAndDoesNotKeepATestBack() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Newsletter newsletter = herald.newsletter("weekly", 0);
			Issue issue = herald.get(Issues.class)
				.importFile(newsletter, "a.md", "Hello ${name}".getBytes(StandardCharsets.UTF_8), null)
				.issue();
			TestReport report = test(herald, issue, "ann@example.org");
			assertThat(report.allAccepted()).isTrue();
			assertThat(report.errors()).singleElement()
				.satisfies((error) -> assertThat(error.what().toString()).contains("${name}"));
		}
	}

	@Test
	void aSuppressedAddressGetsNoTestEither() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(); TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 0), "one");
			herald.get(Suppressions.class)
				.suppress(EmailAddress.parse("ann@example.org"), SuppressionReason.COMPLAINT, "spam", "");
			assertThat(words(test(herald, issue, "Ann@example.org"))).containsExactly(
					"Ann@example.org (as Sample Reader): not sent: the address is suppressed (COMPLAINT), and gets nothing from here");
			assertThat(relay.received()).isEmpty();
		}
	}

	@Test
	void aRelayThatFailsIsNotAskedAgainAndAgain() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer
			.start((stage, address) -> (stage == Stage.CONTENT) ? ScriptedSmtpServer.HANG_UP : null);
				TestHerald herald = herald(relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 0), "one");
			assertThat(words(test(herald, issue, "ann@example.org bo@example.org"))).satisfiesExactly(
					(first) -> assertThat(first)
						.startsWith("ann@example.org (as Sample Reader): uncertain, it may arrive: "),
					(second) -> assertThat(second)
						.isEqualTo("bo@example.org (as Sample Reader): not tried, since the relay failed before"));
		}
	}

	@Test
	void aSecondRelayIsAskedWhereTheFirstCantBeReached() {
		ScriptedSmtpServer gone = ScriptedSmtpServer.start();
		gone.close();
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestHerald herald = TestHerald.on(this.database, "herald.relays[0].name=one",
						"herald.relays[0].host=127.0.0.1", "herald.relays[0].port=" + gone.port(),
						"herald.relays[1].name=two", "herald.relays[1].host=127.0.0.1",
						"herald.relays[1].port=" + relay.port())) {
			Issue issue = herald.issue(herald.newsletter("weekly", 0), "one");
			assertThat(test(herald, issue, "ann@example.org").relay()).startsWith("two (127.0.0.1:");
			stop(relay);
			TestReport report = test(herald, issue, "ann@example.org");
			assertThat(words(report).get(0)).contains("not sent: The relay two (127.0.0.1:", "can't be reached");
		}
	}

	@Test
	void aRelayThatIsSilentIsNotWaitedForLongerThanPatienceAllows() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.with((stage, address) -> null)
			.delay(Stage.MAIL, Duration.ofSeconds(20))
			.start(0); TestHerald herald = herald(relay.port(), "herald.test-send.patience=1s")) {
			Issue issue = herald.issue(herald.newsletter("weekly", 0), "one");
			assertThat(words(test(herald, issue, "ann@example.org")).get(0)).contains("not sent: The relay hung up: ");
		}
	}

	@Test
	void withoutARelayNothingIsSentAndSomethingElseIsOffered() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			Issue issue = herald.issue(herald.newsletter("weekly", 0), "one");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> test(herald, issue, "ann@example.org"))
				.withMessage(
						"Not sent: no relay is set (spring.mail.host), so a test has no way to these addresses. A rehearsal (issue send) puts the mails of all readers into the built-in mailbox; issue render writes one to files.")
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Problem.Kind.WORK));
		}
	}

	@Test
	void anAccountMayTestSoOftenAndAnotherOneStill() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestHerald herald = herald(relay.port(), "herald.test-send.rate=2/h")) {
			Issue issue = herald.issue(herald.newsletter("weekly", 0), "one");
			test(herald, issue, "ann@example.org");
			test(herald, issue, "ann@example.org");
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> test(herald, issue, "ann@example.org"))
				.withMessageMatching(
						"Not sent: ann@example\\.org may test 2 times in an hour \\(herald\\.test-send\\.rate\\)\\. Wait until 20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\.");
			herald.get(TestSends.class).send(issue, TestReaders.of("ann@example.org", List.of()), "bo@example.org");
			this.database.jdbc().sql("UPDATE test_allowance SET since = '2026-01-01 00:00:00'").update();
			test(herald, issue, "ann@example.org");
			assertThat(relay.received()).hasSize(4);
		}
	}

}
