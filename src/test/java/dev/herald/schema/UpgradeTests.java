package dev.herald.schema;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import dev.herald.problem.Problem;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A migration never runs under a send. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class UpgradeTests {

	private final TestDatabase.Opened database;

	UpgradeTests(TestDatabase database) {
		this.database = database.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void aSendThatIsUnderWayIsNamedAndNothingIsChanged() {
		ownedUntil(Instant.now().plus(Duration.ofHours(1)));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> later(Duration.ofMillis(300)).ensureCurrent())
			.withMessageContaining("a process works on send 1 of one (host pid 7)")
			.withMessageContaining("Pause the send")
			.withMessageContaining("Nothing was changed");
		assertThat(laterTables()).isZero();
		assertThat(underMaintenance()).as("sends may start again").isEmpty();
	}

	@Test
	void anUpgradeWaitsForALeaseThatEnds() {
		ownedUntil(Instant.now().plus(Duration.ofSeconds(2)));
		later(Duration.ofSeconds(30)).ensureCurrent();
		assertThat(laterTables()).isEqualTo(1);
		assertThat(underMaintenance()).isEmpty();
		later(Duration.ZERO).ensureCurrent();
	}

	@Test
	void noSendMayStartWhileAnUpgradeWaitsOrWorks() {
		ownedUntil(Instant.now().plus(Duration.ofHours(1)));
		CompletableFuture<Void> upgrade = CompletableFuture
			.runAsync(() -> later(Duration.ofSeconds(30)).ensureCurrent());
		await().untilAsserted(() -> assertThat(underMaintenance()).isNotEmpty());
		this.database.jdbc().sql("UPDATE send SET owner = NULL, owned_until = NULL").update();
		upgrade.join();
		assertThat(laterTables()).isEqualTo(1);
		assertThat(underMaintenance()).isEmpty();
	}

	@Test
	void anUpgradeWaitsForWhoeverIsStartingASendAtThatMoment() {
		ownedUntil(Instant.parse("2026-01-01T00:00:00Z"));
		CompletableFuture<Void> upgrade = this.database.transactions().execute((status) -> {
			assertThat(Maintenance.lock(this.database.jdbc(), Instant.now())).isEmpty();
			CompletableFuture<Void> started = CompletableFuture
				.runAsync(() -> later(Duration.ofMillis(500)).ensureCurrent());
			ownedUntil(Instant.now().plus(Duration.ofHours(1)));
			return started;
		});
		assertThat(upgrade).isNotNull();
		assertThatExceptionOfType(Exception.class).isThrownBy(upgrade::join).withMessageContaining("send 1 of one");
		assertThat(laterTables()).isZero();
	}

	@Test
	void ofTwoUpgradesOneWaitsForTheOther() {
		assertThat(Maintenance.begin(this.database.jdbc(), "pid 7")).isTrue();
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> later(Duration.ofMillis(300)).ensureCurrent())
			.withMessageContaining("being upgraded by another process");
		Maintenance.end(this.database.jdbc(), "pid 7");
		later(Duration.ZERO).ensureCurrent();
		assertThat(laterTables()).isEqualTo(1);
	}

	private Schema later(Duration patience) {
		return new Schema(this.database.dataSource(), 1000, patience, "classpath:db/migration", "classpath:db/later");
	}

	private String underMaintenance() {
		return this.database.transactions()
			.execute((status) -> Maintenance.lock(this.database.jdbc(), Instant.now()).orElse(""));
	}

	private int laterTables() {
		return this.database.jdbc().sql("""
				SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES
				WHERE TABLE_SCHEMA = SCHEMA() AND UPPER(TABLE_NAME) = 'LATER'
				""").query(Integer.class).single();
	}

	private void ownedUntil(Instant until) {
		if (this.database.jdbc().sql("SELECT COUNT(*) FROM send").query(Integer.class).single() == 0) {
			send();
		}
		this.database.jdbc().sql("UPDATE send SET owner = 'host pid 7', owned_until = ?").param(Utc.of(until)).update();
	}

	private void send() {
		for (String sql : new String[] {
				"INSERT INTO newsletter (name_key, name, sender_name, sender_address, language, created_at) VALUES ('weekly', 'W', 'W', 'w@example.org', 'en', '2026-11-24 00:00:00')",
				"INSERT INTO issue (newsletter_id, slug, title, current_version, created_at) VALUES (1, 'one', 'One', 1, '2026-11-24 00:00:00')",
				"INSERT INTO issue_version (issue_id, number, file_name, source, sha256, created_at) VALUES (1, 1, 'one.md', '', '', '2026-11-24 00:00:00')",
				"INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at) VALUES (1, 1, 'RUNNING', 0, '2026-11-24 00:00:00', 'UTC', 'a test', '2026-11-24 00:00:00')" }) {
			this.database.jdbc().sql(sql).update();
		}
	}

}
