package dev.herald.tracking;

import java.util.List;

import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class EngagementsTests {

	private final TestDatabase kind;

	EngagementsTests(TestDatabase kind) {
		this.kind = kind;
	}

	@Test
	void aReaderIsCountedOnceAndEveryEventToo() {
		try (TestDatabase.Opened database = this.kind.open(); TestHerald herald = TestHerald.on(database)) {
			int issue = herald.issue(herald.newsletter("weekly", 3), "one").id();
			Engagements engagements = herald.get(Engagements.class);
			engagements.record(new DeliveryKey(issue, 1), EngagementKind.OPEN, Actor.HUMAN);
			engagements.record(new DeliveryKey(issue, 1), EngagementKind.OPEN, Actor.HUMAN);
			engagements.record(new DeliveryKey(issue, 2), EngagementKind.OPEN, Actor.HUMAN);
			engagements.record(new DeliveryKey(issue, 2), EngagementKind.CLICK, Actor.MACHINE);
			engagements.record(new DeliveryKey(issue, 3), EngagementKind.OPEN, Actor.UNKNOWN);

			assertThat(engagements.of(issue)).containsExactly(
					new Engagements.Count(EngagementKind.CLICK, Actor.MACHINE, 1, 1),
					new Engagements.Count(EngagementKind.OPEN, Actor.HUMAN, 2, 3),
					new Engagements.Count(EngagementKind.OPEN, Actor.UNKNOWN, 1, 1));
			assertThat(engagements.ofSubscriber(1))
				.containsExactly(new Engagements.ByReader(issue, EngagementKind.OPEN, Actor.HUMAN, 2));
			assertThat(engagements.of(List.of(issue, issue + 1))).containsOnlyKeys(issue);
			assertThat(database.jdbc()
				.sql("SELECT COUNT(*) FROM subscriber WHERE last_engaged_at IS NOT NULL")
				.query(Integer.class)
				.single()).as("machines are no sign of a reader").isEqualTo(2);
		}
	}

	@Test
	void aLinkIsWhereItLeadsAndEveryClickIsAnEngagementToo() {
		try (TestDatabase.Opened database = this.kind.open(); TestHerald herald = TestHerald.on(database)) {
			int issue = herald.issue(herald.newsletter("weekly", 3), "one").id();
			LinkClicks clicks = herald.get(LinkClicks.class);
			String kettles = "https://example.org/kettles?a=1&b=铜壶";
			String endless = "https://example.org/x" + "𝄞".repeat(1_500);
			clicks.record(new DeliveryKey(issue, 1), kettles, Actor.HUMAN);
			clicks.record(new DeliveryKey(issue, 1), kettles, Actor.HUMAN);
			clicks.record(new DeliveryKey(issue, 2), kettles, Actor.HUMAN);
			clicks.record(new DeliveryKey(issue, 2), kettles, Actor.MACHINE);
			clicks.record(new DeliveryKey(issue, 2), endless, Actor.HUMAN);

			assertThat(clicks.of(issue)).hasSize(3)
				.contains(new LinkClicks.Count(LinkClicks.sha256(kettles), kettles, Actor.HUMAN, 2, 3),
						new LinkClicks.Count(LinkClicks.sha256(kettles), kettles, Actor.MACHINE, 1, 1),
						new LinkClicks.Count(LinkClicks.sha256(endless), endless.substring(0, 1_999), Actor.HUMAN, 1,
								1));
			assertThat(clicks.of(issue + 1)).isEmpty();
			assertThat(herald.get(Engagements.class).of(issue)).containsExactly(
					new Engagements.Count(EngagementKind.CLICK, Actor.HUMAN, 2, 4),
					new Engagements.Count(EngagementKind.CLICK, Actor.MACHINE, 1, 1));
			assertThat(database.jdbc()
				.sql("SELECT COUNT(*) FROM (SELECT issue_id, link_sha256, actor, COUNT(*) AS r, SUM(events) AS e "
						+ "FROM link_click GROUP BY issue_id, link_sha256, actor) c JOIN link_count k "
						+ "ON k.issue_id = c.issue_id AND k.link_sha256 = c.link_sha256 AND k.actor = c.actor "
						+ "AND k.readers = c.r AND k.events = c.e")
				.query(Integer.class)
				.single()).as("sums that are the records").isEqualTo(3);
		}
	}

}
