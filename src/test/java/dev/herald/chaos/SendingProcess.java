package dev.herald.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.herald.delivery.SendRunner;
import dev.herald.testing.ChildJvm;
import dev.herald.testing.TestHerald;

/**
 * The process that is killed. Works on a send until it is finished; while the lease of
 * the process before it lasts, it asks again. Arguments: the database's URL, the send's
 * id, then Herald's settings. Ends with 0 when the send is finished.
 */
final class SendingProcess {

	private static final int STOPPED = 3;

	private SendingProcess() {
	}

	public static void main(String[] args) throws InterruptedException {
		String[] settings = List.of(args).subList(2, args.length).toArray(String[]::new);
		try (TestHerald herald = TestHerald.on(args[0], settings)) {
			while (true) {
				SendRunner.RunResult result = herald.get(SendRunner.class).run(Integer.parseInt(args[1]));
				if (result instanceof SendRunner.RunResult.Finished) {
					return;
				}
				if (result instanceof SendRunner.RunResult.Stopped) {
					System.out.println(result);
					System.exit(STOPPED);
				}
				TimeUnit.MILLISECONDS.sleep(200);
			}
		}
	}

	/**
	 * @param log what it prints is appended there
	 */
	static Process start(String url, int sendId, String[] settings, Path log) throws IOException {
		List<String> arguments = new ArrayList<>(List.of(url, Integer.toString(sendId)));
		arguments.addAll(List.of(settings));
		return ChildJvm
			.of(SendingProcess.class, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), arguments)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
			.start();
	}

}
