package dev.herald.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;
import dev.herald.subscriber.Suppressions;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What is on record about one address. Thread-safe. */
@Service
public class SubscriberHistory {

	/** Of each kind, the newest. */
	private static final int MOST = 1_000;

	private final JdbcClient jdbc;

	private final Suppressions suppressions;

	SubscriberHistory(JdbcClient jdbc, Suppressions suppressions) {
		this.jdbc = jdbc;
		this.suppressions = suppressions;
	}

	/** Oldest first; empty for an address that nothing is known of. */
	public List<Event> of(EmailAddress address) {
		List<Event> events = new ArrayList<>(consents(address));
		events.addAll(bounces(address));
		this.suppressions.changes(address).forEach((change) -> events.add(event(change)));
		events.sort(Comparator.comparing(Event::at));
		return events;
	}

	private List<Event> consents(EmailAddress address) {
		return this.jdbc.sql("""
				SELECT c.happened_at, c.state, c.source, n.name_key, i.slug
				FROM subscriber s JOIN consent c ON c.subscriber_id = s.id JOIN newsletter n ON n.id = c.newsletter_id
				LEFT JOIN issue i ON i.id = c.issue_id
				WHERE s.match_key = ? ORDER BY c.happened_at DESC, c.id DESC LIMIT ?
				""")
			.params(address.matchKey(), MOST)
			.query((row, number) -> new Event(Utc.read(row, "happened_at"), words(row.getString("state")),
					"%s, by %s%s".formatted(row.getString("name_key"), words(row.getString("source")),
							(row.getString("slug") != null) ? " of " + row.getString("slug") : "")))
			.list();
	}

	private List<Event> bounces(EmailAddress address) {
		return this.jdbc.sql("""
				SELECT b.received_at, b.bounce_class, b.status, b.reason, b.evidence, i.slug
				FROM subscriber s JOIN bounce b ON b.subscriber_id = s.id JOIN issue i ON i.id = b.issue_id
				WHERE s.match_key = ? ORDER BY b.received_at DESC, b.id DESC LIMIT ?
				""")
			.params(address.matchKey(), MOST)
			.query((row, number) -> new Event(Utc.read(row, "received_at"),
					row.getString("bounce_class").equals("NONE") ? row.getString("reason")
							: words(row.getString("bounce_class")) + " bounce",
					"%s, %s: %s %s".formatted(row.getString("slug"), row.getString("reason"), row.getString("status"),
							row.getString("evidence"))))
			.list();
	}

	private static Event event(Suppressions.Change change) {
		return new Event(change.at(), change.suppressed() ? "suppressed" : "lifted",
				"%s: %s%s".formatted(words(change.reason().name()), change.evidence(),
						change.byWhom().isEmpty() ? "" : ", by " + change.byWhom()));
	}

	private static String words(String name) {
		return name.toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	/**
	 * @param what in a word or two: active, unsubscribed, hard bounce, suppressed, lifted
	 * @param detail where, why and by whom; for people
	 */
	public record Event(Instant at, String what, String detail) {
	}

}
