package dev.herald.health;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.herald.health.Condition.Area;
import dev.herald.health.Condition.Level;
import dev.herald.schema.Utc;
import dev.herald.testing.ServerPort;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class HealthTests {

	private final TestDatabase.Opened database;

	HealthTests(TestDatabase kind) {
		this.database = kind.open();
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void whereAllIsWellNothingIsToBeDone() {
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start();
				TestHerald herald = TestHerald.on(this.database, "spring.mail.host=127.0.0.1",
						"spring.mail.port=" + relay.port())) {
			List<Condition> conditions = herald.get(Checkup.class).now();
			assertThat(Checkup.worst(conditions)).as(conditions.toString()).isEqualTo(Level.GOOD);
			assertThat(conditions).extracting(Condition::area).containsExactly(Area.values());
			assertThat(conditions).allSatisfy((condition) -> {
				assertThat(condition.what().toString()).endsWith(".");
				assertThat(condition.remedy()).isNull();
			});
			assertThat(relay.recipients()).isEmpty();
		}
	}

	@Test
	void aRelayThatIsAwayOrRefusesUsIsNamedWithWhatToDoAndWithoutItsPassword() throws IOException {
		int closed = ServerPort.find();
		try (ScriptedSmtpServer strict = ScriptedSmtpServer.with((stage, argument) -> null)
			.auth("herald", "correct horse")
			.start();
				TestHerald herald = TestHerald.on(this.database, "herald.relays[0].name=away",
						"herald.relays[0].host=127.0.0.1", "herald.relays[0].port=" + closed,
						"herald.relays[1].name=strict", "herald.relays[1].host=127.0.0.1",
						"herald.relays[1].port=" + strict.port(), "herald.relays[1].username=herald",
						"herald.relays[1].password=battery staple")) {
			List<String> said = said(herald, Area.RELAYS);
			assertThat(said).hasSize(2);
			assertThat(said.get(0)).startsWith("The relay away (127.0.0.1:" + closed + ") can't be reached")
				.contains("Sends wait, and go on by themselves.");
			assertThat(said.get(1)).contains("strict", "refuses this installation", "Check name and password")
				.doesNotContain("battery staple");
			assertThat(Checkup.worst(herald.get(Checkup.class).lately())).isEqualTo(Level.BAD);
		}
	}

	@Test
	void relaysAreNotConnectedToAgainWithinHalfAMinute() {
		TestHerald herald;
		try (ScriptedSmtpServer relay = ScriptedSmtpServer.start()) {
			herald = TestHerald.on(this.database, "spring.mail.host=127.0.0.1", "spring.mail.port=" + relay.port());
			assertThat(herald.get(Checkup.class).now())
				.anyMatch((each) -> each.what().key().equals("health.relay.good"));
		}
		try (herald) {
			assertThat(herald.get(Checkup.class).now())
				.anyMatch((each) -> each.what().key().equals("health.relay.good"));
			assertThat(herald.get(Checkup.class).lately())
				.anyMatch((each) -> each.what().key().equals("health.relay.good"));
		}
	}

	@Test
	void whatIsDueAndNotBegunMeansThatNoServerWorks() {
		try (TestHerald herald = TestHerald.on(this.database)) {
			JdbcClient jdbc = herald.get(JdbcClient.class);
			jdbc.sql("""
					INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version,
					                             consecutive_failures)
					VALUES ('send-issue', '7', :due, FALSE, 1, 4)
					""").param("due", Utc.of(Instant.now().minus(Duration.ofMinutes(3)))).update();
			assertThat(said(herald, Area.QUEUE)).singleElement()
				.asString()
				.contains("not been begun for more than two minutes", "Start a server");
			assertThat(said(herald, Area.JOBS)).singleElement()
				.asString()
				.contains("The task send-issue 7 has failed 4 times in a row.");
			jdbc.sql("UPDATE scheduled_tasks SET picked = TRUE, picked_by = 'a server', consecutive_failures = 0")
				.update();
			assertThat(said(herald, Area.QUEUE)).containsExactly("Nothing waits to be sent. ");
		}
	}

	private List<String> said(TestHerald herald, Area area) {
		return herald.get(Checkup.class)
			.now()
			.stream()
			.filter((condition) -> condition.area() == area)
			.map((condition) -> condition.what() + " " + Objects.toString(condition.remedy(), ""))
			.toList();
	}

}
