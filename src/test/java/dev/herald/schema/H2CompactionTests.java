package dev.herald.schema;

import java.nio.file.Path;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

class H2CompactionTests {

	private static final int ROWS = 5_000;

	@TempDir
	private Path folder;

	private HikariDataSource dataSource;

	private JdbcClient jdbc;

	@BeforeEach
	void aTableOfManyPages() {
		this.dataSource = open();
		this.jdbc = JdbcClient.create(this.dataSource);
		this.jdbc.sql("CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL)").update();
		this.jdbc.sql("INSERT INTO t SELECT x, 0 FROM SYSTEM_RANGE(1, " + ROWS + ")").update();
	}

	@AfterEach
	void close() {
		this.dataSource.close();
	}

	@Test
	void blocksWithOnePageInUseAreGivenBackAndNothingOfTheDataIsLost() {
		H2Compaction compaction = new H2Compaction(this.dataSource);
		compaction.turn();
		changeEachRowInACommitOfItsOwn();
		int before = blocks();
		for (int turn = 0; turn < 5; turn++) {
			compaction.turn();
			commits(30);
		}
		assertThat(before).isGreaterThan(100);
		assertThat(blocks()).isLessThan(before / 4);
		assertThat(sum()).isEqualTo(ROWS);
		this.dataSource.close();
		this.dataSource = open();
		this.jdbc = JdbcClient.create(this.dataSource);
		assertThat(sum()).isEqualTo(ROWS);
	}

	@Test
	void aFileThatNobodyWritesToIsLeftAsItIs() {
		H2Compaction compaction = new H2Compaction(this.dataSource);
		compaction.turn();
		List<String> before = state();
		compaction.turn();
		assertThat(state()).isEqualTo(before);
	}

	@Test
	void aClosedDatabaseIsNoFault() {
		H2Compaction compaction = new H2Compaction(this.dataSource);
		this.dataSource.close();
		assertThatNoException().isThrownBy(compaction::turn);
	}

	@Test
	void aDatabaseInMemoryHasNoFileToKeep() {
		try (HikariDataSource memory = new HikariDataSource()) {
			memory.setJdbcUrl("jdbc:h2:mem:nothing-to-compact;MODE=MySQL");
			assertThat(H2Compaction.begin(memory)).isEmpty();
		}
	}

	private HikariDataSource open() {
		HikariDataSource opened = new HikariDataSource();
		opened.setJdbcUrl("jdbc:h2:file:" + this.folder.resolve("h") + ";MODE=MySQL;WRITE_DELAY=0;RETENTION_TIME=0");
		return opened;
	}

	private void changeEachRowInACommitOfItsOwn() {
		for (int id = 1; id <= ROWS; id++) {
			this.jdbc.sql("UPDATE t SET n = 1 WHERE id = ?").param(id).update();
		}
	}

	private void commits(int number) {
		for (int i = 0; i < number; i++) {
			this.jdbc.sql("UPDATE t SET n = 1 WHERE id = 1").update();
		}
	}

	private int sum() {
		return this.jdbc.sql("SELECT SUM(n) FROM t").query(Integer.class).single();
	}

	private int blocks() {
		return this.jdbc
			.sql("SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'info.CHUNK_COUNT'")
			.query(Integer.class)
			.single();
	}

	private List<String> state() {
		return this.jdbc.sql("""
				SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS
				WHERE SETTING_NAME IN ('info.CHUNK_COUNT', 'info.FILE_WRITE', 'info.PAGE_COUNT')
				""").query(String.class).list();
	}

}
