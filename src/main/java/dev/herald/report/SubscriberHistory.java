package dev.herald.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.herald.address.EmailAddress;
import dev.herald.delivery.Ledger;
import dev.herald.returns.BounceClass;
import dev.herald.schema.Utc;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.Engagements;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What is on record about one address. Thread-safe. */
@Service
public class SubscriberHistory {

	/** Of each kind, the newest. */
	private static final int MOST = 1_000;

	private final JdbcClient jdbc;

	private final Suppressions suppressions;

	private final Ledger ledger;

	private final Engagements engagements;

	SubscriberHistory(JdbcClient jdbc, Suppressions suppressions, Ledger ledger, Engagements engagements) {
		this.jdbc = jdbc;
		this.suppressions = suppressions;
		this.ledger = ledger;
		this.engagements = engagements;
	}

	/** Oldest first; empty for an address that nothing is known of. */
	public List<Event> of(EmailAddress address) {
		List<Event> events = new ArrayList<>();
		consents(address).forEach((consent) -> events.add(event(consent)));
		bounces(address).forEach((bounced) -> events.add(event(bounced)));
		this.suppressions.changes(address).forEach((change) -> events.add(event(change)));
		events.sort(Comparator.comparing(Event::at));
		return events;
	}

	/** Changes of subscriptions, newest first. */
	public List<Consent> consents(EmailAddress address) {
		return this.jdbc.sql("""
				SELECT c.happened_at, c.state, c.paused_until, c.tracked, c.source, n.name_key, n.name, i.slug
				FROM subscriber s JOIN consent c ON c.subscriber_id = s.id JOIN newsletter n ON n.id = c.newsletter_id
				LEFT JOIN issue i ON i.id = c.issue_id
				WHERE s.match_key = ? ORDER BY c.happened_at DESC, c.id DESC LIMIT ?
				""")
			.params(address.matchKey(), MOST)
			.query((row, number) -> new Consent(Utc.read(row, "happened_at"), row.getString("name_key"),
					row.getString("name"), SubscriptionState.valueOf(row.getString("state")),
					Utc.readNullable(row, "paused_until"), ConsentSource.valueOf(row.getString("source")),
					row.getString("slug"), tracked(row.getObject("tracked", Integer.class))))
			.list();
	}

	private static @Nullable Boolean tracked(@Nullable Integer said) {
		return (said != null) ? said == 1 : null;
	}

	/** Bounces and complaints, newest first. */
	public List<Bounced> bounces(EmailAddress address) {
		return this.jdbc.sql("""
				SELECT b.received_at, b.bounce_class, b.status, b.reason, b.evidence, i.slug, i.title, n.name_key
				FROM subscriber s JOIN bounce b ON b.subscriber_id = s.id JOIN issue i ON i.id = b.issue_id
				JOIN newsletter n ON n.id = i.newsletter_id
				WHERE s.match_key = ? ORDER BY b.received_at DESC, b.id DESC LIMIT ?
				""")
			.params(address.matchKey(), MOST)
			.query((row, number) -> new Bounced(Utc.read(row, "received_at"),
					new About(row.getString("name_key"), row.getString("slug"), row.getString("title")),
					BounceClass.valueOf(row.getString("bounce_class")), row.getString("reason"),
					row.getString("status"), row.getString("evidence")))
			.list();
	}

	/** What became of each issue for one subscriber, newest first. */
	public List<Mail> mails(int subscriberId) {
		List<Ledger.Row> rows = this.ledger.ofSubscriber(subscriberId, MOST);
		List<Integer> ids = rows.stream().map((row) -> row.delivery().issueId()).toList();
		Map<Integer, About> issues = issues(ids);
		Set<Integer> tracked = this.engagements.of(ids).keySet();
		Map<Integer, List<Engagements.ByReader>> engagement = this.engagements.ofSubscriber(subscriberId)
			.stream()
			.collect(Collectors.groupingBy(Engagements.ByReader::issueId));
		return rows.stream()
			.map((row) -> new Mail(Objects.requireNonNull(issues.get(row.delivery().issueId())), row,
					tracked.contains(row.delivery().issueId()),
					engagement.getOrDefault(row.delivery().issueId(), List.of())))
			.toList();
	}

	private Map<Integer, About> issues(List<Integer> ids) {
		Map<Integer, About> issues = new HashMap<>();
		if (!ids.isEmpty()) {
			this.jdbc.sql("""
					SELECT i.id, i.slug, i.title, n.name_key FROM issue i JOIN newsletter n ON n.id = i.newsletter_id
					WHERE i.id IN (:ids)
					""").param("ids", ids).query((row) -> {
				issues.put(row.getInt("id"),
						new About(row.getString("name_key"), row.getString("slug"), row.getString("title")));
			});
		}
		return issues;
	}

	private static Event event(Consent consent) {
		Boolean tracked = consent.tracked();
		String what = (tracked == null) ? words(consent.state().name())
				: tracked ? "tracking allowed" : "tracking refused";
		return new Event(consent.at(), what, "%s, by %s%s".formatted(consent.newsletterKey(),
				words(consent.source().name()), (consent.slug() != null) ? " of " + consent.slug() : ""));
	}

	private static Event event(Bounced bounced) {
		return new Event(bounced.at(),
				(bounced.bounceClass() == BounceClass.NONE) ? bounced.reason()
						: words(bounced.bounceClass().name()) + " bounce",
				"%s, %s: %s %s".formatted(bounced.issue().slug(), bounced.reason(), bounced.status(),
						bounced.evidence()));
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

	/** An issue, for a link to it. */
	public record About(String newsletterKey, String slug, String title) {
	}

	/**
	 * @param pausedUntil null for no pause
	 * @param slug of the issue whose link was used; null where it was another way
	 * @param tracked what was said of tracking; null where nothing was
	 */
	public record Consent(Instant at, String newsletterKey, String newsletter, SubscriptionState state,
			@Nullable Instant pausedUntil, ConsentSource source, @Nullable String slug, @Nullable Boolean tracked) {
	}

	public record Bounced(Instant at, About issue, BounceClass bounceClass, String reason, String status,
			String evidence) {
	}

	/**
	 * @param tracked whether it is known of anybody what they did with the issue
	 */
	public record Mail(About issue, Ledger.Row delivery, boolean tracked, List<Engagements.ByReader> engagement) {
	}

}
