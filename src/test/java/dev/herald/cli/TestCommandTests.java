package dev.herald.cli;

import java.io.IOException;

import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An issue is mailed to a few before all get it. */
class TestCommandTests extends CommandTest {

	@BeforeEach
	void anIssueThatNobodyGot() throws IOException {
		newsletter("ai");
		run("issue", "import", write("first.md", "# First issue\n\nHello.\n").toString(), "--newsletter", "ai");
	}

	@Test
	void eachAddressIsPrintedWithWhatBecameOfIt() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start((stage,
				address) -> (stage == Stage.RCPT && address.startsWith("bo@")) ? "550 5.1.1 no such user" : null)) {
			String host = "--spring.mail.host=127.0.0.1";
			String port = "--spring.mail.port=" + relay.port();
			Result test = run("issue", "test", "first", "--to", "ann@example.org,bo@example.org", host, port);
			assertThat(test.out()).isEqualTo("""
					Test of first by the relay 127.0.0.1:%d: [Test] First issue
					ann@example.org (as Sample Reader): accepted by the relay: 250 2.0.0 taken
					bo@example.org (as Sample Reader): rejected by the relay: 550 5.1.1 no such user
					""".formatted(relay.port()));
			assertThat(test.exitCode()).isEqualTo(1);
			Result named = run("issue", "test", "first", "--to", "ann@example.org", "--as", "Jo", "--as", "", host,
					port);
			assertThat(named.exitCode()).isZero();
			assertThat(named.out()).contains("ann@example.org (as Jo): ",
					"ann@example.org (as a reader without a name): ");
			assertThat(run("issue", "status", "first").out()).doesNotContain("send 1");
		}
	}

	@Test
	void whatHasToBeMendedIsToldBeside() throws IOException {
		run("issue", "import", write("leftover.md", "# Left\n\nDear ${name}\n").toString(), "--newsletter", "ai");
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start()) {
			Result test = run("issue", "test", "leftover", "--to", "ann@example.org", "--spring.mail.host=127.0.0.1",
					"--spring.mail.port=" + relay.port());
			assertThat(test.exitCode()).isZero();
			assertThat(test.err())
				.startsWith("What has to be mended before leftover can be sent:\nleftover:3: error: ");
		}
	}

	@Test
	void whatCantBeDoneIsSaidInOneSentence() {
		assertThat(run("issue", "test", "first", "--to", "ann@example.org"))
			.satisfies((result) -> assertThat(result.exitCode()).isEqualTo(1))
			.satisfies((result) -> assertThat(result.err()).contains("no relay is set (spring.mail.host)"));
		assertThat(run("issue", "test", "first", "--to", "ann@example.org\nBcc: bo@example.org"))
			.satisfies((result) -> assertThat(result.exitCode()).isEqualTo(2))
			.satisfies((result) -> assertThat(result.err()).contains("The address has a line break in it."));
		assertThat(run("issue", "test", "first").exitCode()).isEqualTo(2);
	}

}
