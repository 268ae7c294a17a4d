package dev.herald.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import dev.herald.testing.ChildJvm;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that restores is killed as by kill -9. So that it is in the middle for
 * certain, somebody else holds a row that it wants to write: it has written half of the
 * tables, and waits.
 */
class KilledRestoreTests {

	/** Behind the subscribers, and before the end. */
	private static final String TABLE = "suppression";

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it before each test.
	private Path folder;

	private String key = "";

	@Test
	void anH2FileIsEmptyAfterwardsAndTheNextRestoreWorks() throws Exception {
		String url = "jdbc:h2:file:" + this.folder.resolve("herald")
				+ ";MODE=MySQL;WRITE_DELAY=0;AUTO_SERVER=TRUE;LOCK_TIMEOUT=60000;USER=sa;PASSWORD=";
		killAndRestore(url);
	}

	@Test
	void aMySqlSchemaIsEmptyAfterwardsAndTheNextRestoreWorks() throws Exception {
		try (TestDatabase.Opened database = TestDatabase.MYSQL.open()) {
			killAndRestore(database.url());
		}
	}

	private void killAndRestore(String url) throws Exception {
		Path file = backup();
		Process process = ChildJvm
			.of(RestoringProcess.class, List.of("-XX:TieredStopAtLevel=1"), List.of(url, file.toString()))
			.start();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			List<String> said = new ArrayList<>();
			await(lines, said, RestoringProcess.READY);
			DataSource dataSource = new DriverManagerDataSource(url);
			Connection other = dataSource.getConnection();
			hold(other);
			process.getOutputStream().write('\n');
			process.getOutputStream().flush();
			await(lines, said, RestoringProcess.AT + TABLE);
			process.destroyForcibly();
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			letGo(other);
		}
		finally {
			process.destroyForcibly();
		}
		try (TestHerald herald = TestHerald.on(url)) {
			DataSource dataSource = herald.get(DataSource.class);
			FilledTables.dump(dataSource).forEach((table, rows) -> assertThat(rows).as(table).isEmpty());
			RestoreSummary restored = herald.get(Restore.class).run(new BackupFile(file, null), new BackupProgress());
			assertThat(restored.held()).isEqualTo(4);
			assertThat(FilledTables.dump(dataSource).get(TABLE)).hasSize(5);
			assertThat(FilledTables.dump(dataSource).get("subscriber")).hasSize(5);
		}
	}

	private Path backup() throws Exception {
		Path file = this.folder.resolve("good.zip");
		try (TestDatabase.Opened from = TestDatabase.H2.open(); TestHerald of = TestHerald.on(from)) {
			FilledTables.fill(from.dataSource());
			this.key = from.jdbc().sql("SELECT MIN(match_key) FROM suppression").query(String.class).single();
			RoundTripTests.write(of, file, null);
		}
		return file;
	}

	/** The key of the backup's first row; nobody else sees it until it is committed. */
	private void hold(Connection connection) throws SQLException {
		connection.setAutoCommit(false);
		try (PreparedStatement statement = connection.prepareStatement(
				"""
						INSERT INTO suppression (match_key, reason, evidence, since) VALUES (?, 'ADMIN', '', '2026-01-01 00:00:00')
						""")) {
			statement.setString(1, this.key);
			statement.executeUpdate();
		}
	}

	/** On H2 the connection went with the process. */
	private static void letGo(Connection connection) {
		try (Connection closing = connection) {
			closing.rollback();
		}
		catch (SQLException ex) {
			// Gone, and what it held with it.
		}
	}

	private static void await(BufferedReader lines, List<String> said, String wanted) throws IOException {
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			said.add(line);
			if (line.equals(wanted)) {
				return;
			}
		}
		throw new AssertionError("It never said \"" + wanted + "\", but: " + said);
	}

}
