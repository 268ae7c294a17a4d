package dev.herald.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AccountCommandTests extends CommandTest {

	private static final String PASSWORD = "copper kettle 9 bells";

	@Test
	void accountsAreMadeListedAndChanged() {
		assertThat(run("account", "list").out()).startsWith("There is no account.");
		Result added = typing(PASSWORD, "account", "add", "Ada@example.org", "--role", "admin");
		assertThat(added).isEqualTo(new Result(0, "ada@example.org can sign in as ADMIN.\n", ""));
		assertThat(typing(PASSWORD, "account", "add", "ada@example.org").exitCode()).isEqualTo(2);
		assertThat(typing(PASSWORD, "account", "add", "ann@example.org").out())
			.isEqualTo("ann@example.org can sign in as EDITOR.\n");
		assertThat(run("account", "disable", "ada@example.org").err()).contains("last ADMIN");
		assertThat(run("account", "role", "ann@example.org", "admin").out()).isEqualTo("ann@example.org is ADMIN.\n");
		assertThat(run("account", "disable", "ada@example.org").out()).isEqualTo("ada@example.org is disabled.\n");
		assertThat(run("account", "list").out().lines()).containsExactly(
				"ada@example.org                           ADMIN   disabled  password only",
				"ann@example.org                           ADMIN   enabled   password only");
		assertThat(run("account", "enable", "ada@example.org").out()).isEqualTo("ada@example.org can sign in.\n");
		assertThat(run("account", "totp-reset", "ada@example.org").exitCode()).isZero();
		assertThat(run("account", "unlock").out()).isEqualTo("Nobody was kept waiting.\n");
	}

	@Test
	void aPasswordComesFromStandardInputAndKeepsTheRules() {
		assertThat(typing("short", "account", "add", "ada@example.org").err()).contains("too short")
			.doesNotContain("short,", "Exception");
		assertThat(typing("", "account", "add", "ada@example.org").err()).contains("there is no password");
		assertThat(run("account", "add", "ada@example.org", PASSWORD).exitCode()).isEqualTo(2);
		typing(PASSWORD, "account", "add", "ada@example.org", "--role", "admin");
		assertThat(typing("seven brass kettles", "account", "password", "ada@example.org").out())
			.isEqualTo("ada@example.org has a new password and is signed out everywhere.\n");
		assertThat(typing(PASSWORD, "account", "password", "eve@example.org").err()).contains("no account");
	}

	@Test
	void theAuditLogNamesTheUserOfTheCommandLine() {
		String user = System.getProperty("user.name");
		typing(PASSWORD, "account", "add", "ada@example.org", "--role", "admin");
		newsletter("ai");
		run("newsletter", "set", "ai", "--name", "Better");
		assertThat(run("audit", "--what", "newsletter.changed").out())
			.matches("\\S+Z  " + user + " on the command line  newsletter\\.changed  ai\n    name: The ai → Better\n");
		assertThat(run("audit", "--limit", "2").out().lines().filter((line) -> !line.startsWith(" "))).hasSize(2);
		assertThat(run("audit", "--day", "2020-01-01").out()).isEqualTo("Nothing like that is on record.\n");
		assertThat(run("audit").out()).contains("account.created  ada@example.org")
			.doesNotContain(PASSWORD, "{bcrypt}");
	}

	private Result typing(String line, String... words) {
		InputStream before = System.in;
		try {
			System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
			return run(words);
		}
		finally {
			System.setIn(before);
		}
	}

}
