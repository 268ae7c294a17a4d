package dev.herald.schema;

import java.nio.file.Path;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class SchemaTests {

	private final TestDatabase.Opened database;

	SchemaTests(TestDatabase database) {
		this.database = database.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void theNewestMigrationIsTheVersionThatIsLookedFor() {
		assertThat(new Schema(this.database.dataSource()).flyway().info().current().getVersion().toString())
			.isEqualTo(Integer.toString(Schema.CURRENT));
	}

	@Test
	void theTablesOfSpringBatchAreThere() {
		assertThat(this.database.jdbc().sql("SELECT COUNT(*) FROM BATCH_JOB_INSTANCE").query(Integer.class).single())
			.isZero();
	}

	@Test
	void addressesThatDifferInAccentsAreDifferentPeople() {
		String insert = "INSERT INTO suppression (match_key, reason, evidence, since) VALUES (?, 'ADMIN', '', '2026-01-01 00:00:00')";
		this.database.jdbc().sql(insert).param("jose@example.org").update();
		this.database.jdbc().sql(insert).param("josé@example.org").update();
		assertThat(this.database.jdbc().sql("SELECT COUNT(*) FROM suppression").query(Integer.class).single())
			.isEqualTo(2);
	}

	@Test
	void aDatabaseOfANewerHeraldIsLeftAlone() {
		this.database.jdbc().sql("""
				INSERT INTO FLYWAY_SCHEMA_HISTORY
				VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', NULL, 'test', CURRENT_TIMESTAMP, 1, TRUE)
				""").update();
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> new Schema(this.database.dataSource()).ensureCurrent())
			.withMessageContaining("newer Herald");
	}

	@ParameterizedTest
	@CsvSource({ "WRITE_DELAY=0,without MODE=MySQL", "MODE=MySQL,without WRITE_DELAY=0" })
	void anH2FileWithoutWhatHeraldNeedsIsRefused(String setting, String reason, @TempDir Path folder) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:file:" + folder.resolve("herald") + ";" + setting);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new Schema(dataSource).ensureCurrent())
			.withMessageContaining(reason);
	}

	@Test
	void aDatabaseThatIsDownIsNamedWithWhatToDo() {
		MysqlDataSource dataSource = new MysqlDataSource();
		dataSource.setURL("jdbc:mysql://127.0.0.1:1/herald");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new Schema(dataSource).ensureCurrent())
			.withMessageContaining("The database can't be reached: Connection refused")
			.withMessageContaining("spring.datasource.url");
	}

}
