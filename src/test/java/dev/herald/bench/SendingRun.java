package dev.herald.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.herald.testing.ChildJvm;

/** Starts sending processes and reads their figures. */
final class SendingRun {

	private final Options options;

	private final Path folder;

	private int started;

	SendingRun(Options options, Path folder) {
		this.options = options;
		this.folder = folder;
	}

	/** One figure for each slug. */
	List<Sent> send(BenchDatabase database, String newsletter, List<String> slugs, int relayPort,
			List<String> properties) throws IOException, InterruptedException {
		return run(SendingProcess.SEND, database, newsletter, slugs, relayPort, properties).stream()
			.map((v) -> new Sent(v.get(0), v.get(1), v.get(2).intValue(), v.get(3), v.get(4), v.get(5), v.get(6)))
			.toList();
	}

	Frozen freeze(BenchDatabase database, String newsletter, String slug) throws IOException, InterruptedException {
		List<Long> figures = run(SendingProcess.FREEZE, database, newsletter, List.of(slug), Sink.freePort(), List.of())
			.get(0);
		return new Frozen(figures.get(0), figures.get(1), figures.get(2).intValue());
	}

	private List<List<Long>> run(String mode, BenchDatabase database, String newsletter, List<String> slugs,
			int relayPort, List<String> properties) throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(
				List.of(mode, database.url(), newsletter, String.join(",", slugs), "spring.mail.host=127.0.0.1",
						"spring.mail.port=" + relayPort, "herald.allow-local-base-url=true", "herald.home=" + home()));
		arguments.addAll(this.options.properties);
		arguments.addAll(properties);
		Process process = ChildJvm.of(SendingProcess.class, javaOptions(), arguments).start();
		Thread ending = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(ending);
		List<List<Long>> figures = read(process);
		int code = process.waitFor();
		Runtime.getRuntime().removeShutdownHook(ending);
		if (code != 0 || figures.size() != slugs.size()) {
			throw new IllegalStateException("The sending process ended with " + code + "; see its lines above");
		}
		return figures;
	}

	private List<String> javaOptions() {
		List<String> java = new ArrayList<>(List.of("-Xmx" + this.options.heap));
		java.addAll(this.options.java);
		this.started++;
		if (this.options.jfr != null) {
			String file = this.options.jfr.toString().replaceFirst("(\\.jfr)?$", "-" + this.started + ".jfr");
			java.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file);
		}
		return java;
	}

	private Path home() throws IOException {
		Path home = Files.createTempDirectory(this.folder, "home-");
		List<String> lines = new ArrayList<>(List.of("connections: " + this.options.connections));
		lines.addAll(this.options.sendSettings);
		Files.write(Files.createDirectory(home.resolve("batch")).resolve("send-issue.yaml"), lines);
		return home;
	}

	private static List<List<Long>> read(Process process) throws IOException {
		List<List<Long>> figures = new ArrayList<>();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith(SendingProcess.MARK)) {
					List<String> words = List.of(line.split(" ", -1));
					figures.add(words.subList(2, words.size()).stream().map(Long::valueOf).toList());
				}
				else {
					System.err.println("  | " + line);
				}
			}
		}
		return figures;
	}

	/**
	 * One send.
	 *
	 * @param freezeMillis from the start of run() until the audience was committed
	 * @param sendMillis from then until run() returned
	 * @param steadyRate messages a second without the warm-up
	 * @param liveKib on the heap after a full collection, when half was accepted
	 * @param mostKib the most that any collection left on the heap
	 * @param processorMicros of the sending process, for each message
	 */
	record Sent(long freezeMillis, long sendMillis, int accepted, long steadyRate, long liveKib, long mostKib,
			long processorMicros) {

		double rate() {
			return this.accepted * 1e3 / this.sendMillis;
		}

		/** With the freeze and everything else that run() does. */
		double wholeRate() {
			return this.accepted * 1e3 / (this.freezeMillis + this.sendMillis);
		}

	}

	/** One freeze, and the bare INSERT … SELECT of the same rows. */
	record Frozen(long freezeMillis, long bareMillis, int rows) {
	}

}
