package dev.herald.report;

import java.time.LocalDate;
import java.util.List;

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
class TrendsTests {

	private final TestDatabase kind;

	TrendsTests(TestDatabase kind) {
		this.kind = kind;
	}

	@Test
	void theDaysAddUpToTheConsentRecordsAndToWhoIsActive() {
		try (TestDatabase.Opened database = this.kind.open(); TestHerald herald = TestHerald.on(database)) {
			Newsletter newsletter = herald.newsletter("weekly", 20);
			herald.subscribe(newsletter, 15, 30);
			Subscriptions subscriptions = herald.get(Subscriptions.class);
			for (int reader = 1; reader <= 5; reader++) {
				subscriptions.unsubscribe(newsletter.id(), reader, ConsentSource.UNSUBSCRIBE_PAGE, null);
				subscriptions.unsubscribe(newsletter.id(), reader, ConsentSource.ONE_CLICK, null);
			}
			subscriptions.undo(subscriptions.lastChoice(5).orElseThrow(), 5, null);

			List<Trends.Week> weeks = herald.get(Trends.class).weeks(newsletter.id(), 4);

			assertThat(weeks).hasSize(4);
			assertThat(weeks.get(3))
				.extracting(Trends.Week::active, Trends.Week::joined, Trends.Week::left, Trends.Week::net)
				.containsExactly(0, 31, 5, 26);
			assertThat(subscriptions.count(newsletter.id()).active()).isEqualTo(26);
		}
	}

	@Test
	void whoLeftIsHeldAgainstWhoWasThereAsTheWeekBegan() {
		assertThat(new Trends.Week(LocalDate.of(2026, 11, 23), 200, 10, 3).churn()).isEqualTo(1.5);
		assertThat(new Trends.Week(LocalDate.of(2026, 11, 23), 0, 10, 3).churn()).isZero();
	}

}
