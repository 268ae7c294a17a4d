package dev.herald.person;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.sql.DataSource;

import dev.herald.address.EmailAddress;
import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.segment.KeptAttributes;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Somebody of whom every table that may know a person has something, with "secret" in
 * each word of his own.
 *
 * @param id of the subscriber
 */
record KeptPerson(int id, Issue issue) {

	static final EmailAddress ADDRESS = new EmailAddress("Ann.Secret@secret.example");

	static KeptPerson in(TestHerald herald) {
		JdbcClient jdbc = herald.get(JdbcClient.class);
		Newsletter newsletter = herald.newsletter("weekly", 2);
		Issue issue = herald.issue(newsletter, "first");
		jdbc.sql("""
				INSERT INTO subscriber (id, address, match_key, name, zone, language, created_at, last_engaged_at)
				VALUES (77, ?, ?, 'Ann Secret', 'Europe/Berlin', 'zh', '2026-01-01 00:00:00', '2026-02-01 00:00:00')
				""").params(ADDRESS.value(), ADDRESS.matchKey()).update();
		Subscriptions subscriptions = herald.get(Subscriptions.class);
		subscriptions.subscribe(newsletter.id(), 77, ConsentSource.PREFERENCES, issue.id());
		signedUp(jdbc, newsletter);
		jdbc.sql(
				"""
						INSERT INTO send (id, issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at)
						VALUES (1, ?, ?, 'DONE', 0, '2026-01-02 00:00:00', 'UTC', 'ada', '2026-01-02 00:00:00')
						""")
			.params(issue.id(), issue.versionId())
			.update();
		jdbc.sql("INSERT INTO delivery VALUES (?, 77, 1, 2, 0, 2, 189388800, 189388800, 189388860)")
			.param(issue.id())
			.update();
		jdbc.sql("""
				INSERT INTO delivery_reply VALUES (?, 77, 451, '4.7.1', '451 try ann.secret@secret.example later',
				'2026-01-02 00:00:01')
				""").param(issue.id()).update();
		jdbc.sql(
				"""
						INSERT INTO bounce (issue_id, subscriber_id, send_id, report_sha256, bounce_class, status, action, reason,
						                    evidence, received_at)
						VALUES (?, 77, 1, ?, 'SOFT', '4.2.2', 'failed', 'MAILBOX_FULL', 'Ann.Secret is full',
						        '2026-01-03 00:00:00')
						""")
			.params(issue.id(), "0".repeat(64))
			.update();
		jdbc.sql("""
				INSERT INTO report_review (report_sha256, address, source, kind, bounce_class, status, action, reason,
				                           evidence, received_at)
				VALUES (?, ?, 'main', 'BOUNCE', 'HARD', '5.1.1', 'failed', 'UNKNOWN_ADDRESS', 'no ann.secret here',
				        '2026-01-04 00:00:00')
				""").params("1".repeat(64), ADDRESS.value()).update();
		DeliveryKey delivery = new DeliveryKey(issue.id(), 77);
		herald.get(Engagements.class).record(delivery, EngagementKind.OPEN, Actor.HUMAN);
		herald.get(LinkClicks.class).record(delivery, "https://example.org/a", Actor.HUMAN);
		Suppressions suppressions = herald.get(Suppressions.class);
		suppressions.suppress(ADDRESS, SuppressionReason.ADMIN, "Ann Secret wrote", "ada");
		suppressions.lift(ADDRESS, "Ann Secret wrote again", "ada");
		suppressions.suppress(ADDRESS, SuppressionReason.SOFT_BOUNCES, "ann.secret is full", "");
		herald.get(TransactionTemplate.class)
			.executeWithoutResult((status) -> herald.publish(
					Change.of(Action.REPORT_COUNTED, "report 1").with("address", null, "Ann.Secret@secret.example")));
		herald.get(TransactionTemplate.class)
			.executeWithoutResult((status) -> herald.get(ReaderRequests.class)
				.add(ReaderRequest.Kind.ADDRESS, 77, newsletter.id(), new EmailAddress("ann@secret.example"),
						Locale.ENGLISH));
		return new KeptPerson(77, issue);
	}

	private static void signedUp(JdbcClient jdbc, Newsletter newsletter) {
		KeptAttributes.set(jdbc, 77, "nickname", "Ann Secret");
		jdbc.sql("INSERT INTO agreement VALUES (?, 'Yes, weekly.', '2026-01-01 00:00:00')")
			.param("2".repeat(64))
			.update();
		jdbc.sql("""
				INSERT INTO sign_up (newsletter_id, address, match_key, name, language, form, agreement_sha256, state,
				                     asked_at)
				VALUES (?, ?, ?, 'Ann Secret', 'zh', 'page', ?, 'CONFIRMED', '2026-01-01 00:00:00')
				""").params(newsletter.id(), ADDRESS.value(), ADDRESS.matchKey(), "2".repeat(64)).update();
		jdbc.sql("""
				INSERT INTO consent_proof
				SELECT MAX(id), '2026-01-01 00:00:00', 'page', ?, '192.0.2.77' FROM consent WHERE subscriber_id = 77
				""").param("2".repeat(64)).update();
		jdbc.sql(
				"""
						INSERT INTO notice (kind, about, state, attempts, due_at, created_at, changed_at, reply)
						VALUES ('confirm', 1, 'REJECTED', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00', '2026-01-01 00:00:00',
						        '550 no ann.secret@secret.example here')
						""")
			.update();
	}

	/** Every cell of the database that has a text in it, in upper or lower case. */
	static List<String> cellsWith(String text, DataSource dataSource) throws SQLException {
		List<String> found = new ArrayList<>();
		try (Connection connection = dataSource.getConnection();
				ResultSet tables = connection.getMetaData()
					.getTables(connection.getCatalog(), connection.getSchema(), "%",
							new String[] { "TABLE", "BASE TABLE" })) {
			while (tables.next()) {
				String table = tables.getString("TABLE_NAME");
				try (Statement statement = connection.createStatement();
						ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
					while (rows.next()) {
						for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
							String cell = String.valueOf(rows.getString(i));
							if (cell.toLowerCase(Locale.ROOT).contains(text)) {
								found.add(table + "." + rows.getMetaData().getColumnLabel(i) + ": " + cell);
							}
						}
					}
				}
			}
		}
		return found;
	}

}
