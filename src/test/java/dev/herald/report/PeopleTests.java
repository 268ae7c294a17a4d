package dev.herald.report;

import java.util.ArrayList;
import java.util.List;

import dev.herald.address.EmailAddress;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class PeopleTests {

	private final TestDatabase kind;

	PeopleTests(TestDatabase kind) {
		this.kind = kind;
	}

	@Test
	void peopleAreFoundByAWholeAddressOrItsBeginningPageByPage() {
		try (TestDatabase.Opened database = this.kind.open(); TestHerald herald = TestHerald.on(database)) {
			Newsletter newsletter = herald.newsletter("weekly", 12);
			herald.subscribe(newsletter, "münchen.example", 1, 1);
			herald.get(Suppressions.class)
				.suppress(EmailAddress.parse("reader3@example.org"), SuppressionReason.ADMIN, "asked", "ada");
			People people = herald.get(People.class);

			assertThat(addresses(people.find(" Reader3@Example.ORG ", 0, 10))).containsExactly("reader3@example.org");
			assertThat(people.find("reader3@example.org", 0, 10).get(0).suppressed()).isTrue();
			assertThat(addresses(people.find("READER1", 0, 10))).containsExactly("reader10@example.org",
					"reader11@example.org", "reader12@example.org", "reader1@example.org",
					"reader1@xn--mnchen-3ya.example");
			assertThat(addresses(people.find("reader1@münchen.example", 0, 10)))
				.containsExactly("reader1@xn--mnchen-3ya.example");
			assertThat(people.find("%", 0, 10)).isEmpty();
			assertThat(people.find("reader_", 0, 10)).isEmpty();
			assertThat(people.find("' OR 1=1 --", 0, 10)).isEmpty();

			List<String> paged = new ArrayList<>();
			int after = 0;
			for (List<People.Found> page = people.find("r", 0, 5); !page.isEmpty(); page = people.find("r", after, 5)) {
				paged.addAll(addresses(page));
				after = page.get(page.size() - 1).id();
			}
			assertThat(paged).hasSize(13).doesNotHaveDuplicates().isSorted();
		}
	}

	private static List<String> addresses(List<People.Found> found) {
		return found.stream().map((one) -> one.address().value()).toList();
	}

}
