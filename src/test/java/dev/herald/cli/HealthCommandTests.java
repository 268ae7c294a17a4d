package dev.herald.cli;

import java.io.IOException;

import dev.herald.testing.ServerPort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HealthCommandTests extends CommandTest {

	@Test
	void itSaysWhatIsSoAndEndsWellWhereNothingIsBad() {
		Result result = run("health");
		assertThat(result.err()).isEmpty();
		assertThat(result.out()).startsWith("good     database   H2 ")
			.contains("good     relays     No relay is set: every send is a rehearsal into the built-in mailbox.\n",
					"good     queue      Nothing waits to be sent.\n");
		assertThat(result.exitCode()).isZero();
	}

	@Test
	void whatIsBadEndsWith1AndSaysWhatToDo() throws IOException {
		int closed = ServerPort.find();
		String[] relay = { "--spring.mail.host=127.0.0.1", "--spring.mail.port=" + closed };
		Result words = run("health", relay[0], relay[1]);
		assertThat(words.exitCode()).isEqualTo(1);
		assertThat(words.out()).contains("bad      relays     The relay 127.0.0.1:" + closed + " can't be reached",
				"→ Check that the relay is up");
		Result json = run("health", "--json", relay[0], relay[1]);
		assertThat(json.exitCode()).isEqualTo(1);
		assertThat(json.out()).startsWith("[{\"area\":\"database\",\"level\":\"good\",\"what\":\"H2 ")
			.contains("{\"area\":\"relays\",\"level\":\"bad\"", "\"remedy\":\"Check that the relay is up");
	}

}
