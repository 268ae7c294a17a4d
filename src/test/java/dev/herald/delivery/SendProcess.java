package dev.herald.delivery;

import java.io.IOException;

import dev.herald.testing.TestHerald;

/**
 * A process of its own that works on a send, for tests that kill it. Arguments: database
 * URL, relay port, send id.
 */
final class SendProcess {

	private SendProcess() {
	}

	public static void main(String[] args) {
		try (TestHerald herald = TestHerald.on(args[0], "spring.mail.host=127.0.0.1", "spring.mail.port=" + args[1],
				"herald.allow-local-base-url=true")) {
			herald.get(SendRunner.class).run(Integer.parseInt(args[2]));
		}
	}

	static Process start(String url, int relayPort, int sendId) throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		return new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-cp", classPath,
				SendProcess.class.getName(), url, Integer.toString(relayPort), Integer.toString(sendId))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

}
