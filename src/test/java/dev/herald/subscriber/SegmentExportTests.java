package dev.herald.subscriber;

import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.segment.SegmentSql;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Of a list of several pages the export takes those whom a segment holds of. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SegmentExportTests {

	private static final Newsletter WEEKLY = new Newsletter(1, "weekly", "Weekly", Mailbox.parse("jo@example.org"),
			null, Locale.ENGLISH, null, "");

	private static final SegmentSql CHINESE = new SegmentSql(
			"p.subscriber_id IN (SELECT s.id FROM subscriber s WHERE s.language = :segment0)",
			Map.of("segment0", "zh"));

	private final TestDatabase.Opened database;

	SegmentExportTests(TestDatabase database) {
		this.database = database.open();
		for (int newsletter = 1; newsletter <= 2; newsletter++) {
			this.database.jdbc().sql("""
					INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
					VALUES (?, ?, 'N', '', 'jo@example.org', 'en', '2026-01-01 00:00:00')
					""").params(newsletter, "n" + newsletter).update();
		}
	}

	@AfterEach
	void close() {
		this.database.close();
	}

	/** Pages of 2,000: one of the first has one, the second none, the third two. */
	@Test
	void pagesWithoutAnyOfThemAreNotTheEnd() {
		insert(5000);
		person(3, "=1+1");
		person(4100, "Li");
		person(4999, "Wu");
		this.database.jdbc()
			.sql("UPDATE subscription SET state = 'UNSUBSCRIBED' WHERE newsletter_id = 1 AND subscriber_id = 4999")
			.update();
		this.database.jdbc().sql("DELETE FROM subscription WHERE newsletter_id = 1 AND subscriber_id = 4100").update();
		assertThat(export()).isEqualTo("""
				email,name,state,since,paused_until,zone,language,suppression,suppressed_since,suppression_why\r
				reader3@example.org,'=1+1,ACTIVE,2026-01-01T00:00:00Z,,,zh,,,\r
				reader4999@example.org,Wu,UNSUBSCRIBED,2026-01-01T00:00:00Z,,,zh,,,\r
				""");
		StringWriter json = new StringWriter();
		new SubscriberExport(this.database.jdbc()).runJson(WEEKLY, CHINESE, json);
		assertThat(json.toString()).isEqualTo(
				"""
						{"email":"reader3@example.org","name":"=1+1","state":"ACTIVE","since":"2026-01-01T00:00:00Z","language":"zh"}
						{"email":"reader4999@example.org","name":"Wu","state":"UNSUBSCRIBED","since":"2026-01-01T00:00:00Z","language":"zh"}
						""");
	}

	@Test
	void whereItHoldsOfNobodyTheHeaderIsAll() {
		insert(3);
		assertThat(export().lines()).hasSize(1);
	}

	private String export() {
		StringWriter csv = new StringWriter();
		new SubscriberExport(this.database.jdbc()).run(WEEKLY, CHINESE, csv);
		return csv.toString();
	}

	private void insert(int people) {
		StringBuilder values = new StringBuilder();
		for (int id = 1; id <= people; id++) {
			values.append((id > 1) ? "," : "")
				.append("(%1$d,'reader%1$d@example.org','reader%1$d@example.org','','2026-01-01')".formatted(id));
		}
		this.database.jdbc()
			.sql("INSERT INTO subscriber (id, address, match_key, name, created_at) VALUES " + values)
			.update();
		for (int newsletter = 1; newsletter <= 2; newsletter++) {
			this.database.jdbc().sql("""
					INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at)
					SELECT ?, id, 'ACTIVE', created_at FROM subscriber
					""").param(newsletter).update();
		}
	}

	private void person(int id, String name) {
		this.database.jdbc()
			.sql("UPDATE subscriber SET name = ?, language = 'zh' WHERE id = ?")
			.params(name, id)
			.update();
	}

}
