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

}
