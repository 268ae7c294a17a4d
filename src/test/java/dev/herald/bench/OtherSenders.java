package dev.herald.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What Herald is compared with, on the same sink with the same mail. */
final class OtherSenders {

	private static final Path SMTP_SOURCE = Path.of("/usr/sbin/smtp-source");

	private static final String NODEMAILER = "nodemailer@10.6.1";

	private final Path folder;

	private final int port;

	private final int connections;

	OtherSenders(Path folder, int port, int connections) {
		this.folder = folder;
		this.port = port;
		this.connections = connections;
	}

	/** Why it can't be compared with; empty where it can. */
	static Optional<String> smtpSourceMissing() {
		return Files.isExecutable(SMTP_SOURCE) ? Optional.empty()
				: Optional.of("smtp-source is not installed (it comes with Postfix): there are no ratios to it");
	}

	/**
	 * Messages a second of smtp-source over kept connections: one constant message, which
	 * is Herald's message for one recipient, and no database.
	 */
	double smtpSource(Path message, int count) throws IOException, InterruptedException {
		long start = System.nanoTime();
		run(List.of(SMTP_SOURCE.toString(), "-d", "-s", Integer.toString(this.connections), "-m",
				Integer.toString(count), "-F", message.toString(), "-f", "bounce@localhost", "-t",
				"reader1234@lists34.example", "127.0.0.1:" + this.port));
		return count * 1e9 / (System.nanoTime() - start);
	}

	/**
	 * Puts nodemailer where {@link #nodemailer} finds it. @return why it can't be, or
	 * empty
	 */
	Optional<String> fetchNodemailer() throws InterruptedException {
		try {
			run(List.of("node", "--version"));
			run(List.of("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", this.folder.toString(),
					NODEMAILER));
			try (InputStream script = Objects
				.requireNonNull(OtherSenders.class.getResourceAsStream("/bench/nodemailer-pool.js"))) {
				Files.copy(script, this.folder.resolve("nodemailer-pool.js"));
			}
			return Optional.empty();
		}
		catch (IOException ex) {
			return Optional.of("nodemailer needs node and npm: " + ex.getMessage());
		}
	}

	/** Messages a second of nodemailer's pool; the parts lie in the folder. */
	double nodemailer(int count) throws IOException, InterruptedException {
		String seconds = run(List.of("node", this.folder.resolve("nodemailer-pool.js").toString(),
				Integer.toString(this.port), Integer.toString(this.connections), Integer.toString(count),
				this.folder.resolve("issue.html").toString(), this.folder.resolve("issue.txt").toString()));
		return count / Double.parseDouble(seconds.strip());
	}

	private static String run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
			throw new IOException(command.get(0) + " failed: " + output.strip());
		}
		return output;
	}

}
