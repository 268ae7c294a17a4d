package dev.herald.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.herald.testing.ChildJvm;

/** A process of the benchmark's heap and options that tells figures until it ends. */
final class Child {

	private Child() {
	}

	/**
	 * @return the last figure of each name
	 */
	static Map<String, Long> run(Bench bench, Class<?> main, String... arguments)
			throws IOException, InterruptedException {
		List<String> java = new ArrayList<>(List.of("-Xmx" + bench.options().heap));
		java.addAll(bench.options().java);
		Process process = ChildJvm.of(main, java, List.of(arguments)).start();
		Map<String, Long> figures = new HashMap<>();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				System.err.println("  | " + line);
				if (line.startsWith(SendingProcess.MARK)) {
					String[] words = line.split(" ", -1);
					figures.put(words[1], Long.valueOf(words[2]));
				}
			}
		}
		int code = process.waitFor();
		if (code != 0) {
			throw new IllegalStateException("The process ended with " + code + "; see its lines above");
		}
		return figures;
	}

}
