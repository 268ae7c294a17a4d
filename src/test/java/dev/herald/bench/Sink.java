package dev.herald.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where all senders of a run deliver to: it takes every message and keeps none. */
interface Sink extends AutoCloseable {

	int port();

	/** For people. */
	String name();

	@Override
	void close();

	/** Postfix's smtp-sink, which was not written by us; where it is absent, our own. */
	static Sink start() {
		Path smtpSink = Path.of("/usr/sbin/smtp-sink");
		return Files.isExecutable(smtpSink) ? SmtpSink.start(smtpSink) : new JavaSink();
	}

	/** A port that was free a moment ago. */
	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until something listens there. */
	static void awaitPort(int port, Process process) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (true) {
			try {
				new Socket(InetAddress.getLoopbackAddress(), port).close();
				return;
			}
			catch (IOException ex) {
				if (!process.isAlive() || System.nanoTime() - end > 0) {
					throw new IllegalStateException("Nothing listens on port " + port, ex);
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
			}
		}
	}

	/** The process of Postfix's smtp-sink. */
	record SmtpSink(Process process, int port) implements Sink {

		static SmtpSink start(Path program) {
			int port = freePort();
			ProcessBuilder builder = new ProcessBuilder(program.toString());
			if ("root".equals(System.getProperty("user.name"))) {
				// It refuses to run as root.
				builder.command().add("-u");
				builder.command().add("nobody");
			}
			builder.command().add("127.0.0.1:" + port);
			builder.command().add("100");
			try {
				Process process = builder.directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
					.redirectErrorStream(true)
					.redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.start();
				Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
				awaitPort(port, process);
				return new SmtpSink(process, port);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public String name() {
			return "smtp-sink of Postfix";
		}

		@Override
		public void close() {
			this.process.destroy();
		}

	}

}
