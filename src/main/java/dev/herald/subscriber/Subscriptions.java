package dev.herald.subscriber;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Subscribers and their consent. Every change leaves a consent record. Thread-safe.
 */
@Service
public class Subscriptions {

	private final JdbcClient jdbc;

	private final SubscriptionChanges changes;

	private final Clock clock;

	Subscriptions(JdbcClient jdbc, PlatformTransactionManager transactionManager, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.changes = new SubscriptionChanges(jdbc, transactionManager, clock);
	}

	public Optional<Subscriber> find(int subscriberId) {
		return find("id", subscriberId);
	}

	/** Also where it is written in another way: Ann@Example.org. */
	public Optional<Subscriber> find(EmailAddress address) {
		return find("match_key", address.matchKey());
	}

	private Optional<Subscriber> find(String column, Object value) {
		return this.jdbc.sql("SELECT id, address, name FROM subscriber WHERE " + column + " = ?")
			.param(value)
			.query((row, number) -> new Subscriber(row.getInt("id"), new EmailAddress(row.getString("address")),
					row.getString("name")))
			.optional();
	}

	/** That the person chose for pages; empty: the newsletter's. */
	public Optional<Locale> language(int subscriberId) {
		return this.jdbc.sql("SELECT language FROM subscriber WHERE id = ? AND language <> ''")
			.param(subscriberId)
			.query(String.class)
			.optional()
			.map(Locale::forLanguageTag);
	}

	/** All subscriptions of one person. */
	public List<Standing> standings(int subscriberId) {
		return this.changes.standings(subscriberId);
	}

	public Optional<SubscriptionState> state(int newsletterId, int subscriberId) {
		return standings(subscriberId).stream()
			.filter((standing) -> standing.newsletterId() == newsletterId)
			.map(Standing::state)
			.findFirst();
	}

	/**
	 * Of a person who proved that the address is his own.
	 * @return false where it is ACTIVE already
	 */
	public boolean subscribe(int newsletterId, int subscriberId, ConsentSource source, @Nullable Integer issueId) {
		return this.changes.subscribe(newsletterId, subscriberId, source, issueId);
	}

	/**
	 * @param issueId the issue whose link was used; null where it was another way
	 * @return false where there was nothing to end: unsubscribing twice is no error
	 */
	public boolean unsubscribe(int newsletterId, int subscriberId, ConsentSource source, @Nullable Integer issueId) {
		return this.changes.change(subscriberId, source, issueId,
				(standing) -> (standing.newsletterId() == newsletterId) ? standing.ended() : standing) > 0;
	}

	/** Ends all subscriptions of one person; else like {@link #unsubscribe}. */
	public boolean unsubscribeFromAll(int subscriberId, ConsentSource source, @Nullable Integer issueId) {
		return this.changes.change(subscriberId, source, issueId, Standing::ended) > 0;
	}

	/**
	 * @param until from when the subscriber gets mail again, by itself; null ends a pause
	 * @return false where there was nothing to change
	 */
	public boolean pause(int newsletterId, int subscriberId, @Nullable Instant until, ConsentSource source,
			@Nullable Integer issueId) {
		return this.changes.change(subscriberId, source, issueId,
				(standing) -> (standing.newsletterId() == newsletterId) ? standing.pausedUntil(until) : standing) > 0;
	}

	/** Whether a reader who is subscribed consented to being tracked. */
	public boolean tracked(int newsletterId, int subscriberId) {
		return this.changes.tracked(newsletterId, subscriberId);
	}

	/**
	 * Records the consent of a subscribed reader to being tracked, or that it was taken
	 * back.
	 * @return false where it was so before, or there is no subscription
	 */
	public boolean track(int newsletterId, int subscriberId, boolean consent, ConsentSource source,
			@Nullable Integer issueId) {
		return this.changes.track(newsletterId, subscriberId, consent, source, issueId);
	}

	/** All subscriptions that get mail; else like {@link #pause}. */
	public boolean pauseAll(int subscriberId, @Nullable Instant until, ConsentSource source,
			@Nullable Integer issueId) {
		return this.changes.change(subscriberId, source, issueId, (standing) -> standing.pausedUntil(until)) > 0;
	}

	/**
	 * Names the reader's last choice on the unsubscribe page, as long as it can be taken
	 * back: for 24 hours, and only if nothing else changed since.
	 */
	public Optional<Long> lastChoice(int subscriberId) {
		return this.changes.lastChoice(subscriberId);
	}

	/**
	 * Takes a choice back: each subscription is what it was before. One that was changed
	 * again since stays as it is.
	 * @param choice as {@link #lastChoice} named it
	 */
	public Undo undo(long choice, int subscriberId, @Nullable Integer issueId) {
		return this.changes.undo(choice, subscriberId, issueId);
	}

	/** Subscriptions of a newsletter by state. */
	public SubscriptionCounts count(int newsletterId) {
		return this.jdbc.sql("""
				SELECT COUNT(CASE WHEN state = 'PENDING' THEN 1 END) AS pending,
				       COUNT(CASE WHEN state = 'ACTIVE' THEN 1 END) AS active,
				       COUNT(CASE WHEN state = 'UNSUBSCRIBED' THEN 1 END) AS unsubscribed,
				       COUNT(CASE WHEN state = 'ACTIVE' AND paused_until > ? THEN 1 END) AS paused
				FROM subscription WHERE newsletter_id = ?
				""")
			.params(Utc.of(this.clock.instant()), newsletterId)
			.query((row, number) -> new SubscriptionCounts(row.getInt("pending"), row.getInt("active"),
					row.getInt("unsubscribed"), row.getInt("paused")))
			.single();
	}

}
