package dev.herald.audit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.herald.address.Mailbox;
import dev.herald.audit.AuditTrail.Entry;
import dev.herald.audit.AuditTrail.Field;
import dev.herald.audit.AuditTrail.Query;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class AuditTests {

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	AuditTests(TestDatabase database) {
		this.database = database.open();
		this.herald = TestHerald.on(this.database);
	}

	@AfterEach
	void close() {
		this.herald.close();
		this.database.close();
	}

	@Test
	void onlyWhatIsDifferentIsRecordedWithWhatItWas() {
		Newsletter newsletter = this.herald.newsletter("weekly", 0);
		NewsletterSettings before = newsletter.settings();
		this.herald.get(Newsletters.class)
			.change("weekly", new NewsletterSettings("New name", Mailbox.parse("Editors <new@news.example>"), null,
					Locale.ENGLISH, null, before.postalAddress(), before.theme(), before.archived(), false));
		Entry entry = newest(Query.ALL.of("newsletter.changed")).get(0);
		assertThat(entry.subject()).isEqualTo("weekly");
		assertThat(entry.actor()).isEqualTo(Actor.HERALD);
		assertThat(entry.fields()).containsExactly(new Field("name", "Test weekly", "New name"),
				new Field("sender.address", "editors@news.example", "new@news.example"));
	}

	@Test
	void aChangeThatChangesNothingIsNone() {
		Newsletter newsletter = this.herald.newsletter("weekly", 0);
		this.herald.get(Newsletters.class).change("weekly", newsletter.settings());
		assertThat(newest(Query.ALL.of("newsletter.changed"))).isEmpty();
	}

	@Test
	void aChangeThatIsRolledBackLeavesNoRecord() {
		TransactionTemplate transactions = this.herald.get(TransactionTemplate.class);
		transactions.executeWithoutResult((status) -> {
			this.herald.publish(Change.of(Action.SEND_PAUSED, "weekly/first, send 1"));
			status.setRollbackOnly();
		});
		assertThat(newest(Query.ALL)).isEmpty();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.herald.publish(Change.of(Action.SEND_PAUSED, "weekly/first, send 1")))
			.withMessage("send.paused has to be published within the transaction that makes the change");
	}

	@Test
	void theLogIsReadPageByPageAndByWhoAndWhat() {
		for (int i = 1; i <= 5; i++) {
			record(Change.of(Action.SEND_PAUSED, "send " + i).by(new Actor(Actor.Kind.ACCOUNT, "ann@example.org")));
		}
		record(Change.of(Action.SEND_RESUMED, "50% off").by(new Actor(Actor.Kind.COMMAND_LINE, "r_t")));
		List<Entry> first = this.herald.get(AuditTrail.class).page(Query.ALL, Long.MAX_VALUE, 4);
		assertThat(first).extracting(Entry::subject).containsExactly("50% off", "send 5", "send 4", "send 3");
		assertThat(this.herald.get(AuditTrail.class).page(Query.ALL, first.get(3).id(), 4)).extracting(Entry::subject)
			.containsExactly("send 2", "send 1");
		assertThat(newest(Query.ALL.by("ann@"))).hasSize(5);
		assertThat(newest(Query.ALL.by("r_t"))).hasSize(1);
		assertThat(newest(Query.ALL.by("%"))).isEmpty();
		assertThat(newest(Query.ALL.of("send.resumed"))).hasSize(1);
		assertThat(newest(Query.ALL.within(first.get(0).at().plusSeconds(60), first.get(0).at().plusSeconds(61))))
			.isEmpty();
	}

	@Test
	void theLastOfAnActionIsFoundByItsSubjectAndTime() {
		record(Change.of(Action.SEGMENT_CHANGED, "weekly/a").by(new Actor(Actor.Kind.ACCOUNT, "ann@example.org")));
		record(Change.of(Action.SEGMENT_CHANGED, "weekly/a").by(new Actor(Actor.Kind.ACCOUNT, "bob@example.org")));
		record(Change.of(Action.SEGMENT_CHANGED, "weekly/ab"));
		record(Change.of(Action.SEGMENT_DELETED, "weekly/a"));
		AuditTrail trail = this.herald.get(AuditTrail.class);
		Entry last = trail.last(Action.SEGMENT_CHANGED, "weekly/a", Instant.EPOCH).orElseThrow();
		assertThat(last.actor()).isEqualTo(new Actor(Actor.Kind.ACCOUNT, "bob@example.org"));
		assertThat(trail.last(Action.SEGMENT_CHANGED, "weekly/a", last.at())).isPresent();
		assertThat(trail.last(Action.SEGMENT_CHANGED, "weekly/a", last.at().plusSeconds(60))).isEmpty();
		assertThat(trail.last(Action.SEGMENT_RESTORED, "weekly/a", Instant.EPOCH)).isEmpty();
	}

	@Test
	void whatIsTooLongForItsColumnIsCut() {
		record(Change.of(Action.ISSUE_IMPORTED, "x".repeat(600)).with("title", "x".repeat(1998) + "𝄞𝄞"));
		Entry entry = newest(Query.ALL).get(0);
		assertThat(entry.subject()).hasSize(500).endsWith("x…");
		assertThat(entry.fields().get(0).became()).isEqualTo("x".repeat(1998) + "…");
	}

	private void record(Change change) {
		this.herald.get(TransactionTemplate.class).executeWithoutResult((status) -> this.herald.publish(change));
	}

	private List<Entry> newest(Query query) {
		return this.herald.get(AuditTrail.class).page(query, Long.MAX_VALUE, 50);
	}

}
