package dev.herald.delivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.herald.issue.Issue;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;

/** A database and shorthands for tests of whole sends. */
abstract class SendTest {

	final TestDatabase.Opened database;

	SendTest(TestDatabase database) {
		this.database = database.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	final TestHerald herald(int relayPort) {
		return TestHerald.on(this.database, "spring.mail.host=127.0.0.1", "spring.mail.port=" + relayPort,
				"herald.allow-local-base-url=true", "herald.tracking.window=100ms");
	}

	static Send schedule(TestHerald herald, Issue issue) {
		return herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test");
	}

	static void run(TestHerald herald, Issue issue) {
		herald.get(SendRunner.class).run(schedule(herald, issue).id());
	}

	final int idOf(String address) {
		return this.database.jdbc()
			.sql("SELECT id FROM subscriber WHERE address = ?")
			.param(address)
			.query(Integer.class)
			.single();
	}

	static Map<DeliveryState, Integer> counts(TestHerald herald, Issue issue) {
		Map<DeliveryState, Integer> found = new EnumMap<>(DeliveryState.class);
		herald.get(Ledger.class).counts(issue.id()).byState().forEach((state, number) -> {
			if (number > 0) {
				found.put(state, number);
			}
		});
		return found;
	}

	static List<Ledger.Row> rows(TestHerald herald, Issue issue, DeliveryState state) {
		return herald.get(Ledger.class).page(issue.id(), state, 0, 100);
	}

}
