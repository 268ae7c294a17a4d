package dev.herald.person;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.settings.Installation;
import dev.herald.subscriber.Profile;
import dev.herald.subscriber.Profiles;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All that is kept about one person: what every table has of him, read anew. A test walks
 * the schema, so that no table is forgotten. Thread-safe.
 */
@Component
public class KeptData {

	/** The ledger's times are seconds since then. */
	private static final Instant LEDGER_EPOCH = Instant.parse("2020-01-01T00:00:00Z");

	private static final String ISSUE = " i.slug AS issue, n.name_key AS newsletter ";

	private static final String OF_ISSUE = " JOIN issue i ON i.id = x.issue_id JOIN newsletter n ON n.id = i.newsletter_id ";

	/**
	 * By the name that the copy gives it. What people did with the address (audit) is
	 * told without who did it: that is somebody else's data.
	 */
	static final Map<String, String> SECTIONS = sections();

	private final Profiles profiles;

	private final Installation installation;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	KeptData(Profiles profiles, Installation installation, JdbcClient jdbc, TransactionTemplate transactions,
			ApplicationEventPublisher events, Clock clock) {
		this.profiles = profiles;
		this.installation = installation;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	private static Map<String, String> sections() {
		Map<String, String> sections = new LinkedHashMap<>();
		sections.put("person", """
				SELECT address, name, language, zone, created_at, last_engaged_at FROM subscriber WHERE id = :id
				""");
		sections.put("attributes",
				"SELECT name, text FROM subscriber_attribute WHERE subscriber_id = :id ORDER BY name");
		sections.put("subscriptions", """
				SELECT n.name_key AS newsletter, x.state, x.changed_at, x.paused_until, x.tracked
				FROM subscription x JOIN newsletter n ON n.id = x.newsletter_id
				WHERE x.subscriber_id = :id ORDER BY n.name_key
				""");
		sections.put("consents",
				"""
						SELECT x.happened_at, n.name_key AS newsletter, x.state, x.paused_until, x.was_state,
						       x.was_paused_until, x.tracked, x.source, i.slug AS issue, p.asked_at, p.form, a.text AS agreed_to,
						       p.client_address
						FROM consent x JOIN newsletter n ON n.id = x.newsletter_id LEFT JOIN issue i ON i.id = x.issue_id
						LEFT JOIN consent_proof p ON p.consent_id = x.id LEFT JOIN agreement a ON a.sha256 = p.agreement_sha256
						WHERE x.subscriber_id = :id ORDER BY x.id
						""");
		sections.put("signUps", """
				SELECT n.name_key AS newsletter, x.address, x.name, x.language, x.form, a.text AS agreed_to, x.state,
				       x.asked_at, x.offered_at
				FROM sign_up x JOIN newsletter n ON n.id = x.newsletter_id
				LEFT JOIN agreement a ON a.sha256 = x.agreement_sha256
				WHERE x.match_key = :key ORDER BY x.id
				""");
		sections.put("mails", "SELECT" + ISSUE + """
				, CASE x.state WHEN 0 THEN 'READY' WHEN 1 THEN 'SENDING' WHEN 2 THEN 'ACCEPTED' WHEN 3 THEN 'DEFERRED'
				  WHEN 4 THEN 'REJECTED' WHEN 5 THEN 'UNCERTAIN' WHEN 6 THEN 'SKIPPED' WHEN 7 THEN 'EXPIRED'
				  ELSE 'CANCELLED' END AS state, x.attempts, x.due_at, x.changed_at, r.code, r.status, r.reply,
				  r.replied_at
				FROM delivery x
				LEFT JOIN delivery_reply r ON r.issue_id = x.issue_id AND r.subscriber_id = x.subscriber_id
				""" + OF_ISSUE + "WHERE x.subscriber_id = :id ORDER BY x.issue_id");
		sections.put("bounces", "SELECT" + ISSUE + """
				, x.received_at, x.bounce_class, x.status, x.action, x.reason, x.evidence, x.suppressed FROM bounce x
				""" + OF_ISSUE + "WHERE x.subscriber_id = :id ORDER BY x.id");
		sections.put("reports", """
				SELECT address, source, kind, bounce_class, status, action, reason, evidence, received_at, state
				FROM report_review WHERE LOWER(address) = :key ORDER BY id
				""");
		sections.put("suppression", "SELECT reason, evidence, since FROM suppression WHERE match_key = :key");
		sections.put("suppressionHistory", """
				SELECT happened_at, suppressed, reason, evidence FROM suppression_change WHERE match_key = :key
				ORDER BY id
				""");
		sections.put("opensAndClicks", "SELECT" + ISSUE + """
				, x.kind, x.actor, x.events, x.first_at FROM engagement x
				""" + OF_ISSUE + "WHERE x.subscriber_id = :id ORDER BY x.issue_id, x.kind, x.actor");
		sections.put("clicksByLink", "SELECT" + ISSUE + """
				, c.target, x.actor, x.events, x.first_at FROM link_click x
				JOIN link_count c ON c.issue_id = x.issue_id AND c.link_sha256 = x.link_sha256 AND c.actor = x.actor
				""" + OF_ISSUE + "WHERE x.subscriber_id = :id ORDER BY x.issue_id, x.first_at, c.target");
		sections.put("requests", """
				SELECT kind, address, language, asked_at, expires_at, done_at FROM reader_request
				WHERE subscriber_id = :id ORDER BY id
				""");
		sections.put("doneByStaff", """
				SELECT e.happened_at, e.action, f.name AS field, f.was, f.became
				FROM audit_entry e LEFT JOIN audit_field f ON f.entry_id = e.id
				WHERE LOWER(e.subject) = :key ORDER BY e.id, f.name
				""");
		return sections;
	}

	/**
	 * The same for an admin; leaves an entry in the audit log.
	 * @return empty where nobody has the number
	 */
	public Optional<Map<String, Object>> copyOf(int subscriberId) {
		return this.profiles.find(subscriberId).flatMap((profile) -> this.transactions.execute((status) -> {
			this.events.publishEvent(Change.of(Action.PERSON_EXPORTED, profile.address().matchKey()));
			return Optional.of(of(profile));
		}));
	}

	/** Keys and values as a JSON object has them; times in UTC, ISO 8601. */
	Map<String, Object> of(int subscriberId) {
		return of(this.profiles.find(subscriberId).orElseThrow());
	}

	private Map<String, Object> of(Profile profile) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("from", this.installation.baseUrl().toString());
		data.put("made_at", this.clock.instant().toString());
		SECTIONS.forEach((name, sql) -> data.put(name, rows(sql, profile)));
		return data;
	}

	private List<Map<String, Object>> rows(String sql, Profile profile) {
		return this.jdbc.sql(sql)
			.param("id", profile.id())
			.param("key", profile.address().matchKey())
			.query((row, number) -> values(row))
			.list();
	}

	private static Map<String, Object> values(ResultSet row) throws SQLException {
		ResultSetMetaData columns = row.getMetaData();
		Map<String, Object> values = new LinkedHashMap<>();
		for (int i = 1; i <= columns.getColumnCount(); i++) {
			String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
			Object value = value(row, i, name);
			if (value != null) {
				values.put(name, value);
			}
		}
		return values;
	}

	private static @Nullable Object value(ResultSet row, int column, String name) throws SQLException {
		Object value = row.getObject(column);
		if (value == null) {
			return null;
		}
		if (value instanceof java.sql.Timestamp || value instanceof LocalDateTime) {
			return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC).toString();
		}
		if (value instanceof Number seconds && name.endsWith("_at")) {
			return LEDGER_EPOCH.plusSeconds(seconds.longValue()).toString();
		}
		return (value instanceof Number || value instanceof Boolean) ? value : value.toString();
	}

}
