package dev.herald.subscriber;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Subscriptions that readers ask for themselves: asked for first, then confirmed. Joins
 * the caller's transaction. Thread-safe.
 */
@Service
public class SignUpConsents {

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	SignUpConsents(JdbcClient jdbc, PlatformTransactionManager transactionManager, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = new TransactionTemplate(transactionManager);
		this.clock = clock;
	}

	/**
	 * Somebody typed the address, perhaps its owner. Only who has no subscription gets
	 * one, PENDING: that somebody else has unsubscribed stays on record until he himself
	 * confirms.
	 */
	public void asked(int newsletterId, EmailAddress address) {
		this.transactions.executeWithoutResult((status) -> {
			LocalDateTime now = now();
			int subscriber = subscriber(address, now);
			if (state(newsletterId, subscriber) == null) {
				write(newsletterId, subscriber, SubscriptionState.PENDING, now);
				record(newsletterId, subscriber, null, SubscriptionState.PENDING, now);
			}
		});
	}

	/**
	 * The owner of the address confirmed. A pause ends; the name is taken over where one
	 * was given.
	 * @return whether the subscription became active by it: confirming twice is no error
	 */
	public Confirmed confirmed(int newsletterId, EmailAddress address, String name, SignUpProof proof) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			LocalDateTime now = now();
			int subscriber = subscriber(address, now);
			SubscriptionState before = state(newsletterId, subscriber);
			if (before == SubscriptionState.ACTIVE) {
				return new Confirmed(subscriber, false);
			}
			write(newsletterId, subscriber, SubscriptionState.ACTIVE, now);
			prove(record(newsletterId, subscriber, before, SubscriptionState.ACTIVE, now), proof);
			SubscriptionDays.add(this.jdbc, newsletterId, now, 1, 0);
			if (!name.isEmpty()) {
				this.jdbc.sql("UPDATE subscriber SET name = ? WHERE id = ?").params(name, subscriber).update();
			}
			return new Confirmed(subscriber, true);
		}));
	}

	private LocalDateTime now() {
		return Utc.of(this.clock.instant());
	}

	/** An import may insert the same one at this moment: whose row it is is the same. */
	private int subscriber(EmailAddress address, LocalDateTime now) {
		return find(address).orElseGet(() -> {
			this.jdbc.sql("""
					INSERT INTO subscriber (address, match_key, created_at) VALUES (?, ?, ?)
					ON DUPLICATE KEY UPDATE match_key = VALUES(match_key)
					""").params(address.value(), address.matchKey(), now).update();
			return find(address).orElseThrow();
		});
	}

	private Optional<Integer> find(EmailAddress address) {
		return this.jdbc.sql("SELECT id FROM subscriber WHERE match_key = ? FOR UPDATE")
			.param(address.matchKey())
			.query(Integer.class)
			.optional();
	}

	private @Nullable SubscriptionState state(int newsletterId, int subscriber) {
		return this.jdbc.sql("""
				SELECT state FROM subscription WHERE newsletter_id = ? AND subscriber_id = ? FOR UPDATE
				""")
			.params(newsletterId, subscriber)
			.query((row, number) -> SubscriptionState.valueOf(row.getString("state")))
			.optional()
			.orElse(null);
	}

	private void write(int newsletterId, int subscriber, SubscriptionState state, LocalDateTime now) {
		this.jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at) VALUES (?, ?, ?, ?)
				ON DUPLICATE KEY UPDATE state = VALUES(state), changed_at = VALUES(changed_at), paused_until = NULL
				""").params(newsletterId, subscriber, state.name(), now).update();
	}

	/**
	 * Who left by an issue and comes back has left by it all the same: leaver_count
	 * stays.
	 * @return the number of the consent
	 */
	private long record(int newsletterId, int subscriber, @Nullable SubscriptionState before, SubscriptionState after,
			LocalDateTime now) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO consent (newsletter_id, subscriber_id, state, was_state, source, happened_at)
				VALUES (:newsletter, :subscriber, :state, :was, :source, :now)
				""")
			.param("newsletter", newsletterId)
			.param("subscriber", subscriber)
			.param("state", after.name())
			.param("was", (before != null) ? before.name() : null)
			.param("source", ConsentSource.SIGN_UP.name())
			.param("now", now)
			.update(key, "id");
		return Objects.requireNonNull(key.getKey()).longValue();
	}

	private void prove(long consent, SignUpProof proof) {
		this.jdbc.sql("""
				INSERT INTO consent_proof (consent_id, asked_at, form, agreement_sha256, client_address)
				VALUES (:consent, :asked, :form, :agreement, :client)
				""")
			.param("consent", consent)
			.param("asked", Utc.of(proof.askedAt()))
			.param("form", proof.form())
			.param("agreement", proof.agreementSha256())
			.param("client", proof.clientAddress())
			.update();
	}

	/**
	 * @param changed false where the subscription was active before
	 */
	public record Confirmed(int subscriberId, boolean changed) {
	}

}
