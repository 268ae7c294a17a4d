package dev.herald.delivery;

import java.io.IOException;
import java.util.List;

import dev.herald.testing.ChildJvm;
import dev.herald.testing.TestHerald;

/**
 * A process of its own that works on a send, for tests that kill it. Arguments: database
 * URL, relay port, send id.
 */
final class SendProcess {

	private SendProcess() {
	}

	public static void main(String[] args) {
		try (TestHerald herald = TestHerald.on(args[0], settings(Integer.parseInt(args[1])))) {
			herald.get(SendRunner.class).run(Integer.parseInt(args[2]));
		}
	}

	/** Of all processes that work on the send. Who takes it over waits out the lease. */
	static String[] settings(int relayPort) {
		return new String[] { "spring.mail.host=127.0.0.1", "spring.mail.port=" + relayPort,
				"herald.allow-local-base-url=true", "herald.delivery.lease=5s" };
	}

	static Process start(String url, int relayPort, int sendId) throws IOException {
		return ChildJvm
			.of(SendProcess.class, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
					List.of(url, Integer.toString(relayPort), Integer.toString(sendId)))
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

}
