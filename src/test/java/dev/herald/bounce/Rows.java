package dev.herald.bounce;

import java.util.List;

import dev.herald.tracking.DeliveryKey;

import org.springframework.jdbc.core.simple.JdbcClient;

/** One newsletter with one issue, 7, and its subscribers 1 to 9. */
public record Rows(JdbcClient jdbc) {

	static final int ISSUE = 7;

	/** Instead of whatever an earlier test left. */
	public void insert() {
		for (String table : List.of("bounce", "bounce_count", "bounce_counted", "bounce_wave", "report_review",
				"delivery", "send", "collected_mail", "suppression", "suppression_change", "consent", "subscription",
				"subscriber", "issue_version", "issue", "newsletter")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		this.jdbc.sql("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'Weekly', 'Ann', 'ann@example.org', 'en', '2026-01-01 00:00:00')
				""").update();
		this.jdbc.sql("""
				INSERT INTO issue (id, newsletter_id, slug, title, current_version, created_at)
				VALUES (7, 1, 'one', 'One', 1, '2026-01-01 00:00:00')
				""").update();
		this.jdbc.sql("""
				INSERT INTO issue_version (id, issue_id, number, file_name, source, sha256, created_at)
				VALUES (1, 7, 1, 'one.md', '# One', '%s', '2026-01-01 00:00:00')
				""".formatted("0".repeat(64))).update();
		for (int id = 1; id <= 9; id++) {
			this.jdbc.sql(
					"INSERT INTO subscriber (id, address, match_key, created_at) VALUES (?, ?, ?, '2026-01-01 00:00:00')")
				.params(id, address(id), address(id))
				.update();
			this.jdbc.sql(
					"INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at) VALUES (1, ?, 'ACTIVE', '2026-01-01 00:00:00')")
				.param(id)
				.update();
		}
	}

	public static String address(int subscriber) {
		return "reader" + subscriber + "@example.net";
	}

	public static DeliveryKey delivery(int subscriber) {
		return new DeliveryKey(ISSUE, subscriber);
	}

	public List<String> bounces() {
		return this.jdbc
			.sql("SELECT CONCAT(subscriber_id, ' ', bounce_class, ' ', reason) FROM bounce ORDER BY subscriber_id, id")
			.query(String.class)
			.list();
	}

	public List<String> suppressed() {
		return this.jdbc.sql("SELECT CONCAT(match_key, ' ', reason) FROM suppression ORDER BY match_key")
			.query(String.class)
			.list();
	}

	public String state(int subscriber) {
		return this.jdbc.sql("SELECT state FROM subscription WHERE newsletter_id = 1 AND subscriber_id = ?")
			.param(subscriber)
			.query(String.class)
			.single();
	}

}
