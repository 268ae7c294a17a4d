package dev.herald.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A database and settings for tests of the whole engine, against relays on loopback. */
abstract class EngineTest {

	final TestDatabase.Opened database = TestDatabase.H2.open();

	@TempDir
	private Path home;

	@AfterEach
	void close() {
		this.database.close();
	}

	final void settings(String yaml) throws IOException {
		Files.createDirectories(this.home.resolve("batch"));
		Files.writeString(this.home.resolve("batch/send-issue.yaml"),
				yaml.contains("retry:") ? yaml : yaml + "\nretry: {first: 1s, longest: 1s}\nrelay-retry-longest: 1s\n");
	}

	final TestHerald herald(ScriptedSmtpServer relay) {
		return herald("spring.mail.host=127.0.0.1", "spring.mail.port=" + relay.port());
	}

	final TestHerald herald(String... properties) {
		List<String> all = new ArrayList<>(List.of(properties));
		all.add("herald.home=" + this.home);
		all.add("herald.allow-local-base-url=true");
		return TestHerald.on(this.database, all.toArray(String[]::new));
	}

	final Issue send(TestHerald herald, Newsletter newsletter) {
		Issue issue = herald.issue(newsletter, "one");
		assertThat(herald.get(SendRunner.class).run(schedule(herald, issue)))
			.isInstanceOf(SendRunner.RunResult.Finished.class);
		return issue;
	}

	static int schedule(TestHerald herald, Issue issue) {
		return herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test").id();
	}

	/** Without the states that nobody is in. */
	static Map<DeliveryState, Integer> counts(TestHerald herald, Issue issue) {
		Map<DeliveryState, Integer> counts = new EnumMap<>(herald.get(Ledger.class).counts(issue.id()).byState());
		counts.values().removeIf((count) -> count == 0);
		return counts;
	}

}
