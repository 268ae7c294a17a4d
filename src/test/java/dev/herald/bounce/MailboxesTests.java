package dev.herald.bounce;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.herald.bounce.MailboxSettings.After;
import dev.herald.bounce.MailboxSettings.Protocol;
import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MailboxesTests {

	private static final String MAIN = "herald.bounce.mailboxes.main.";

	static Mailboxes read(String... properties) {
		Map<String, Object> map = Arrays.stream(properties)
			.map((property) -> property.split("=", 2))
			.collect(Collectors.toMap((parts) -> parts[0], (parts) -> parts[1]));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", map));
		return Mailboxes.of(environment);
	}

	/** Of one mailbox that is called main. */
	static MailboxSettings settings(String... properties) {
		return read(properties).named("main");
	}

	private static MailboxSettings mainWith(String... properties) {
		return read(Arrays.stream(properties).map((property) -> MAIN + property).toArray(String[]::new)).named("main");
	}

	@Test
	void nothingIsReadUnlessAMailboxIsNamed() {
		assertThat(read().present()).isFalse();
	}

	@Test
	void theDefaultsOfImap() {
		assertThat(mainWith("host=imap.example.org")).usingRecursiveComparison()
			.isEqualTo(new MailboxSettings("main", Protocol.IMAPS, "imap.example.org", null, "", "", "INBOX",
					After.MOVE, "Herald/Recorded", "Herald/Review", true, Duration.ofSeconds(10),
					Duration.ofSeconds(30), Map.of()));
	}

	@Test
	void theDefaultsOfPop3() {
		assertThat(mainWith("host=pop.example.org", "protocol=pop3s")).usingRecursiveComparison()
			.isEqualTo(new MailboxSettings("main", Protocol.POP3S, "pop.example.org", null, "", "", "INBOX",
					After.DELETE, "", "", false, Duration.ofSeconds(10), Duration.ofSeconds(30), Map.of()));
	}

	@Test
	void everyKeyIsRead() {
		assertThat(mainWith("protocol=imap", "host=imap.example.org", "port=1143", "username=bounce", "password=secret",
				"folder=Bounces", "after=flag", "recorded-folder=Done", "review-folder=", "idle=false",
				"connect-timeout=3s", "read-timeout=4m", "properties.mail.imap.ssl.trust=*"))
			.usingRecursiveComparison()
			.isEqualTo(new MailboxSettings("main", Protocol.IMAP, "imap.example.org", 1143, "bounce", "secret",
					"Bounces", After.FLAG, "Done", "", false, Duration.ofSeconds(3), Duration.ofMinutes(4),
					Map.of("mail.imap.ssl.trust", "*")));
	}

	@Test
	void environmentVariablesNameMailboxes() {
		Map<String, Object> variables = new HashMap<>(Map.of("HERALD_BOUNCE_MAILBOXES_MAIN_HOST", "a.example",
				"HERALD_BOUNCE_MAILBOXES_MAIN_READTIMEOUT", "5s", "HERALD_BOUNCE_MAILBOXES_SECOND_HOST", "b.example",
				"HERALD_BOUNCE_MAILBOXES_SECOND_PROTOCOL", "pop3"));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		Mailboxes mailboxes = Mailboxes.of(environment);
		assertThat(mailboxes.all()).extracting(MailboxSettings::toString)
			.containsExactly("main (imaps://a.example/INBOX)", "second (pop3://b.example/INBOX)");
		assertThat(mailboxes.named("main").readTimeout()).isEqualTo(Duration.ofSeconds(5));

		variables.put("HERALD_BOUNCE_MAILBOX_HOST", "c.example");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Mailboxes.of(environment))
			.withMessageStartingWith("herald.bounce.mailbox.host has another name")
			.withMessageEndingWith(": herald.bounce.mailboxes.main.host");
	}

	@Test
	void theFormerKeysAreNotPassedOver() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> read("herald.bounce.mailbox.read-timeout=5s", MAIN + "host=a.example"))
			.withMessageEndingWith(": herald.bounce.mailboxes.main.read-timeout");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					username=bounce                        | .main.host must be set
					host=                                  | .main.host must be set
					host=a;port=0                          | .main.port must be from 1 to 65535
					host=a;port=65536                      | .main.port must be from 1 to 65535
					host=a;folder=                         | .main.folder must not be empty
					host=a;connect-timeout=999ms           | .main.connect-timeout must be from 1s to 10m
					host=a;read-timeout=601s               | .main.read-timeout must be from 1s to 10m
					host=a;recorded-folder=                | .main.recorded-folder must not be empty
					host=a;recorded-folder=inbox           | .main.recorded-folder is the folder that is read
					host=a;review-folder=INBOX             | .main.review-folder is the folder that is read
					host=a;review-folder=Herald/Recorded   | .main.review-folder is recorded-folder too
					host=a;hots=b                          | does not know herald.bounce.mailboxes.main.hots
					hots=b                                 | does not know herald.bounce.mailboxes.main.hots
					host=a;protocol=pop3;after=move        | .main.after can't be move: over POP3 a recorded mail can only be deleted
					host=a;protocol=pop3;after=flag        | .main.after can't be flag: over POP3 a recorded mail can only be deleted
					host=a;protocol=pop3;folder=Bounces    | .main.folder can't be set
					host=a;protocol=pop3;recorded-folder=A | .main.recorded-folder can't be set
					host=a;protocol=pop3;review-folder=A   | .main.review-folder can't be set
					host=a;protocol=pop3;idle=true         | .main.idle can't be true
					""")
	void whatCantBeNamesItsKey(String properties, String message) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> mainWith(properties.split(";")))
			.withMessageContaining(message)
			.satisfies((problem) -> assertThat(problem.kind()).isEqualTo(Problem.Kind.USAGE));
	}

	@ParameterizedTest
	@CsvSource({ "protocol, smtp", "after, archive", "idle, perhaps", "port, imap", "read-timeout, long" })
	void aValueOfNoSuchTypeNamesItsKey(String key, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> mainWith("host=a", key + "=" + value))
			.satisfies((ex) -> assertThat(ex.getName()).hasToString(MAIN + key));
	}

	@Test
	void aNameThatIsNoneIsRefused() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> read("herald.bounce.mailboxes.Main.host=a"))
			.withMessageStartingWith("herald.bounce.mailboxes.Main can't be called that");
	}

	@Test
	void oneMailboxUnderTwoNamesIsRefused() {
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> read(MAIN + "host=a", MAIN + "username=u", "herald.bounce.mailboxes.other.host=a",
					"herald.bounce.mailboxes.other.username=u"))
			.withMessageStartingWith("herald.bounce.mailboxes.other is a mailbox that another entry names already");
		assertThat(read(MAIN + "host=a", MAIN + "username=u", "herald.bounce.mailboxes.other.host=a",
				"herald.bounce.mailboxes.other.username=v")
			.all()).hasSize(2);
	}

	@Test
	void aLongNameOfAMailboxFitsItsColumn() {
		assertThat(mainWith("host=imap.example.org", "username=" + "u".repeat(300)).key())
			.hasSizeLessThanOrEqualTo(190);
		assertThat(mainWith("host=imap.example.org", "username=" + "u".repeat(300)).key())
			.isNotEqualTo(mainWith("host=imap.example.org", "username=" + "u".repeat(301)).key());
	}

}
