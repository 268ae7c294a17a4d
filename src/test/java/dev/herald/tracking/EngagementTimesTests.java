package dev.herald.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import dev.herald.issue.Issue;
import dev.herald.schema.Utc;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An issue whose send began on 24 November at 08:00:30. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class EngagementTimesTests {

	private static final Instant BEGIN = Instant.parse("2026-11-24T08:00:30Z");

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	private final Issue issue;

	private final EngagementTimes times;

	EngagementTimesTests(TestDatabase kind) {
		this.database = kind.open();
		this.herald = TestHerald.on(this.database);
		this.issue = this.herald.issue(this.herald.newsletter("weekly", 9), "one");
		this.times = this.herald.get(EngagementTimes.class);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	private void send(Instant at, boolean rehearsal) {
		this.database.jdbc()
			.sql("""
					INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at,
					                  started_at, recipients)
					VALUES (:issue, :version, 'DONE', :rehearsal, :at, 'UTC', 'ada', :at, :at, 9)
					""")
			.param("issue", this.issue.id())
			.param("version", this.issue.versionId())
			.param("rehearsal", rehearsal ? 1 : 0)
			.param("at", Utc.of(at))
			.update();
	}

	private void open(String at) {
		this.times.add(this.issue.id(), EngagementKind.OPEN, Actor.HUMAN, 1, Instant.parse(at));
	}

	private List<String> spans() {
		return this.times.of(this.issue.id())
			.stream()
			.map((span) -> "%s %s %d".formatted(span.at(), span.length(), span.events()))
			.toList();
	}

	@Test
	void spansAreMinutesAtFirstThenHoursThenDays() {
		send(BEGIN, false);
		open("2026-11-24T08:00:59Z");
		open("2026-11-24T08:59:59.999Z");
		open("2026-11-24T09:00:00Z");
		open("2026-11-24T14:00:29.999Z");
		open("2026-11-24T14:00:30Z");
		open("2026-11-24T14:59:59Z");
		open("2026-12-01T08:00:29Z");
		open("2026-12-01T08:00:30Z");
		open("2026-12-31T23:59:59Z");
		assertThat(spans()).containsExactly("2026-11-24T08:00:00Z PT1M 1", "2026-11-24T08:59:00Z PT1M 1",
				"2026-11-24T09:00:00Z PT1M 1", "2026-11-24T14:00:00Z PT1M 1", "2026-11-24T14:00:00Z PT1H 2",
				"2026-12-01T00:00:00Z PT24H 1", "2026-12-01T08:00:00Z PT1H 1", "2026-12-31T00:00:00Z PT24H 1");
	}

	@Test
	void aClockThatIsBehindAndARehearsalAreBeforeTheSend() {
		send(Instant.parse("2026-11-20T10:00:00Z"), true);
		open("2026-11-20T10:05:10Z");
		send(BEGIN, false);
		open("2026-11-24T07:59:58Z");
		open("2026-11-22T07:30:00Z");
		open("1969-12-31T23:59:59Z");
		assertThat(this.times.begin(this.issue.id())).contains(BEGIN);
		assertThat(spans()).containsExactly("1969-12-31T00:00:00Z PT24H 1", "2026-11-20T10:05:00Z PT1M 1",
				"2026-11-22T07:00:00Z PT1H 1", "2026-11-24T07:59:00Z PT1M 1");
	}

	@Test
	void withoutASendADayIsEnough() {
		open("2026-11-24T08:00:59Z");
		assertThat(this.times.begin(this.issue.id())).isEmpty();
		assertThat(spans()).containsExactly("2026-11-24T00:00:00Z PT24H 1");
	}

	@Test
	void barsAreSumsOfWhatBeginsInThem() {
		send(BEGIN, false);
		open("2026-11-24T07:59:00Z");
		open("2026-11-24T08:01:00Z");
		open("2026-11-24T08:59:59Z");
		open("2026-11-24T14:30:00Z");
		open("2026-11-26T07:59:59Z");
		open("2026-11-26T08:00:00Z");
		List<EngagementTimes.Span> bars = this.times.of(this.issue.id(), Instant.parse("2026-11-24T08:00:00Z"),
				Instant.parse("2026-11-26T08:00:00Z"), Duration.ofHours(1));
		assertThat(bars.stream().map((bar) -> bar.at() + " " + bar.readers()))
			.containsExactlyInAnyOrder("2026-11-24T08:00:00Z 2", "2026-11-24T14:00:00Z 1", "2026-11-26T07:00:00Z 1");
		assertThat(this.times.byPeople(this.issue.id(), Instant.parse("2026-11-24T14:00:00Z"), true))
			.containsExactly(Map.entry(EngagementKind.OPEN, 3.0));
		assertThat(this.times.byPeople(this.issue.id(), Instant.parse("2026-11-24T14:15:00Z"), true))
			.as("a quarter of its hour")
			.containsExactly(Map.entry(EngagementKind.OPEN, 3.25));
		assertThat(this.times.byPeople(this.issue.id(), Instant.parse("2026-11-24T14:00:00Z"), false)).as("how often")
			.containsExactly(Map.entry(EngagementKind.OPEN, 3.0));
		assertThat(this.times.byPeople(this.issue.id(), Instant.parse("2026-11-24T07:00:00Z"), true)).isEmpty();
	}

	@Test
	void whatIsKeptIsWhatTheRecordsSayAfterAnyOrderOfEvents() {
		send(Instant.now().minus(Duration.ofHours(5)), false);
		Engagements engagements = this.herald.get(Engagements.class);
		LinkClicks clicks = this.herald.get(LinkClicks.class);
		Random random = new Random(20261127);
		Map<String, Integer> events = new TreeMap<>();
		for (int event = 0; event < 120; event++) {
			DeliveryKey delivery = new DeliveryKey(this.issue.id(), 1 + random.nextInt(9));
			Actor actor = List.of(Actor.values()).get(random.nextInt(3));
			switch (random.nextInt(4)) {
				case 0 -> engagements.record(delivery, EngagementKind.OPEN, actor);
				case 1 -> clicks.record(delivery, "https://example.org/" + random.nextInt(3), actor);
				case 2 -> engagements.recordOfNobody(this.issue.id(), EngagementKind.OPEN, actor);
				default -> clicks.recordOfNobody(this.issue.id(), "https://example.org/a", actor);
			}
			events.merge(actor.name(), 1, Integer::sum);
		}
		Map<String, Integer> kept = new TreeMap<>();
		this.times.of(this.issue.id()).forEach((span) -> kept.merge(span.actor().name(), span.events(), Integer::sum));
		assertThat(kept).isEqualTo(events);
		assertThat(this.times.of(this.issue.id()).stream().mapToInt(EngagementTimes.Span::readers).sum())
			.isEqualTo(this.database.jdbc().sql("SELECT COUNT(*) FROM engagement").query(Integer.class).single());
		assertThat(this.times.areExact(this.issue.id())).isTrue();

		this.database.jdbc().sql("DELETE FROM engagement WHERE subscriber_id = 1").update();
		assertThat(this.times.areExact(this.issue.id())).as("an erasure or a purge leaves the figures").isTrue();
	}

	@Test
	void whatSomebodyWroteByHandIsFound() {
		send(BEGIN, false);
		this.herald.get(Engagements.class)
			.record(new DeliveryKey(this.issue.id(), 1), EngagementKind.OPEN, Actor.HUMAN);
		assertThat(this.times.areExact(this.issue.id())).isTrue();
		this.database.jdbc().sql("UPDATE engagement_time SET begun_at = begun_at - 86400").update();
		assertThat(this.times.areExact(this.issue.id())).as("on another day").isFalse();
		this.database.jdbc().sql("UPDATE engagement_time SET begun_at = begun_at + 86400, events = 2").update();
		assertThat(this.times.areExact(this.issue.id())).as("another sum").isFalse();
		this.database.jdbc().sql("DELETE FROM engagement_time").update();
		assertThat(this.times.areExact(this.issue.id())).as("none").isFalse();
	}

}
