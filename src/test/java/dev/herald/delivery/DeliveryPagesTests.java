package dev.herald.delivery;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.herald.issue.Issue;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Of 30 readers ten were rejected: every third, by three providers, for two reasons. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class DeliveryPagesTests {

	private final TestDatabase.Opened database;

	private final ScriptedSmtpServer relay = ScriptedSmtpServer.start();

	private final TestHerald herald;

	private final Issue issue;

	private DeliveryPages pages;

	DeliveryPagesTests(TestDatabase database) {
		this.database = database.open();
		this.herald = TestHerald.on(this.database, "spring.mail.host=127.0.0.1",
				"spring.mail.port=" + this.relay.port(), "herald.allow-local-base-url=true");
		this.issue = this.herald.issue(this.herald.newsletter("weekly", 30), "one");
		this.pages = this.herald.get(DeliveryPages.class);
	}

	@BeforeEach
	void send() {
		Send send = this.herald.get(Sends.class).schedule(this.issue, Instant.now(), ZoneOffset.UTC, "a test");
		this.herald.get(AudienceFreeze.class)
			.freeze(send.id(), this.issue.id(), this.issue.newsletterId(), (recipients) -> List.of());
		for (int reader = 1; reader <= 30; reader++) {
			this.database.jdbc()
				.sql("UPDATE delivery SET provider = ?, state = ? WHERE subscriber_id = ?")
				.params(reader % 4, (reader % 3 == 0) ? 4 : 2, idOf(reader))
				.update();
			if (reader % 3 == 0) {
				this.database.jdbc()
					.sql("INSERT INTO delivery_reply VALUES (?, ?, 550, ?, '550 no', '2026-11-24 08:00:00')")
					.params(this.issue.id(), idOf(reader), (reader % 2 == 0) ? "5.7.1" : "5.1.1")
					.update();
			}
		}
	}

	private int idOf(int reader) {
		return this.database.jdbc()
			.sql("SELECT id FROM subscriber WHERE address = ?")
			.param("reader" + reader + "@example.org")
			.query(Integer.class)
			.single();
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.relay.close();
		this.database.close();
	}

	@Test
	void everyDeliveryIsOnOnePage() {
		assertThat(all(query(null, null, ""), 3)).hasSize(10).doesNotHaveDuplicates();
		assertThat(all(query(null, null, ""), 100)).hasSize(10);
		assertThat(all(query(null, null, ""), 5)).hasSize(10);
	}

	@Test
	void aProviderAndAReasonNarrowTheList() {
		assertThat(all(query(0, null, ""), 2)).containsExactlyInAnyOrder("reader12@example.org",
				"reader24@example.org");
		assertThat(all(query(null, "5.7.1", ""), 2)).containsExactlyInAnyOrder("reader6@example.org",
				"reader12@example.org", "reader18@example.org", "reader24@example.org", "reader30@example.org");
		assertThat(all(query(2, "5.7.1", ""), 2)).containsExactlyInAnyOrder("reader6@example.org",
				"reader18@example.org", "reader30@example.org");
		assertThat(all(query(1, "5.7.1", ""), 2)).isEmpty();
		assertThat(this.pages.reasons(this.issue.id(), DeliveryState.REJECTED, 10))
			.containsExactly(new DeliveryPages.Reason("5.1.1", 5), new DeliveryPages.Reason("5.7.1", 5));
	}

	@Test
	void anAddressOrItsBeginningFindsWithinTheState() {
		search();
	}

	@Test
	void theSameIsFoundAlongTheSubscribersWhereTheStateHasMany() {
		this.pages = new DeliveryPages(this.database.jdbc(), this.herald.get(SendFigures.class),
				new DeliverySearch(this.database.jdbc(), 0, 4));
		search();
	}

	private void search() {
		assertThat(all(query(null, null, "reader1"), 2)).containsExactly("reader12@example.org", "reader15@example.org",
				"reader18@example.org");
		assertThat(all(query(null, "5.7.1", "READER1"), 1)).containsExactly("reader12@example.org",
				"reader18@example.org");
		assertThat(all(query(null, null, " reader3@example.org "), 2)).containsExactly("reader3@example.org");
		assertThat(all(query(null, null, "reader1@example.org"), 2)).as("was accepted").isEmpty();
		assertThat(all(query(null, null, "%"), 2)).isEmpty();
	}

	@Test
	void whatIsNoCursorIsTheBeginning() {
		for (String text : List.of("", "x", "1.2", "1.2.3.4", "9999999999.0.0", "-", "1.2.x")) {
			assertThat(DeliveryPages.Cursor.parse(text)).isEqualTo(DeliveryPages.Cursor.START);
		}
		assertThat(DeliveryPages.Cursor.parse("4.2.17")).hasToString("4.2.17");
	}

	@Test
	void exportedIsTheWholeListAndNothingElse() {
		List<String> exported = new ArrayList<>();
		this.pages.each(query(null, "5.1.1", ""), (row) -> exported.add(row.address().value()));
		assertThat(exported).containsExactlyInAnyOrder("reader3@example.org", "reader9@example.org",
				"reader15@example.org", "reader21@example.org", "reader27@example.org");
	}

	private DeliveryQuery query(@Nullable Integer provider, @Nullable String reason, String address) {
		return new DeliveryQuery(this.issue.id(), DeliveryState.REJECTED, provider, reason, address);
	}

	private List<String> all(DeliveryQuery query, int limit) {
		List<String> addresses = new ArrayList<>();
		DeliveryPages.Page page = this.pages.page(query, null, limit);
		page.rows().forEach((row) -> addresses.add(row.address().value()));
		while (page.next() != null) {
			page = this.pages.page(query, DeliveryPages.Cursor.parse(page.next().toString()), limit);
			assertThat(page.rows()).isNotEmpty();
			page.rows().forEach((row) -> addresses.add(row.address().value()));
		}
		return addresses;
	}

}
