package dev.herald.report;

import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class WhoLeftTests {

	private final TestDatabase kind;

	WhoLeftTests(TestDatabase kind) {
		this.kind = kind;
	}

	@Test
	void whoLeavesAllNewslettersIsOneReaderAndWhoTakesItBackIsNone() {
		try (TestDatabase.Opened database = this.kind.open(); TestHerald herald = TestHerald.on(database)) {
			Newsletter newsletter = herald.newsletter("weekly", 3);
			herald.newsletter("daily", 3);
			Issue issue = herald.issue(newsletter, "one");
			Subscriptions subscriptions = herald.get(Subscriptions.class);
			for (int reader = 1; reader <= 2; reader++) {
				subscriptions.unsubscribeFromAll(id(database, reader), ConsentSource.UNSUBSCRIBE_PAGE, issue.id());
			}
			int second = id(database, 2);
			subscriptions.undo(subscriptions.lastChoice(second).orElseThrow(), second, issue.id());

			Reports reports = herald.get(Reports.class);

			assertThat(reports.of(issue).unsubscribed()).isEqualTo(1);
			assertThat(reports.whoLeft(issue.id(), 10)).extracting((leaver) -> leaver.address().value())
				.containsExactly("reader1@example.org");
		}
	}

	private static int id(TestDatabase.Opened database, int reader) {
		return database.jdbc()
			.sql("SELECT id FROM subscriber WHERE address = ?")
			.param("reader" + reader + "@example.org")
			.query(Integer.class)
			.single();
	}

}
