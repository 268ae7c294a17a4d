package dev.herald.person;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.herald.address.EmailAddress;
import dev.herald.audit.Action;
import dev.herald.audit.Actor;
import dev.herald.audit.Change;
import dev.herald.mailbox.MailFiles;
import dev.herald.schema.Utc;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.ErasedAddresses;
import dev.herald.subscriber.Profile;
import dev.herald.subscriber.Profiles;
import dev.herald.subscriber.Subscriptions;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases a person. What counts stays, under a number that leads to nobody: rows of the
 * ledger, bounces without their words, and changes of subscriptions. Of the address
 * itself stays an HMAC, so that no import brings it back. Thread-safe.
 */
@Component
public class Erasure {

	/** RFC 2606: no mail can ever go there. */
	private static final String NOBODY = "erased-%d@erased.invalid";

	/**
	 * What is left of a person elsewhere, by the number. Also run again later: a bounce
	 * or a click may come after the erasure.
	 */
	static final List<String> BY_NUMBER = List.of("DELETE FROM engagement WHERE subscriber_id = :id",
			"DELETE FROM link_click WHERE subscriber_id = :id", "DELETE FROM subscription WHERE subscriber_id = :id",
			"DELETE FROM reader_request WHERE subscriber_id = :id",
			"DELETE FROM subscriber_attribute WHERE subscriber_id = :id",
			"UPDATE consent_proof SET client_address = NULL WHERE client_address IS NOT NULL"
					+ " AND consent_id IN (SELECT id FROM consent WHERE subscriber_id = :id)",
			"UPDATE bounce SET evidence = '' WHERE subscriber_id = :id AND evidence <> ''",
			"UPDATE delivery_reply SET reply = '' WHERE subscriber_id = :id AND reply <> ''",
			"DELETE FROM suppression WHERE match_key = (SELECT match_key FROM subscriber WHERE id = :id)",
			"DELETE FROM suppression_change WHERE match_key = (SELECT match_key FROM subscriber WHERE id = :id)");

	/** By the address, which is not known any more afterwards. */
	static final List<String> BY_ADDRESS = List.of(
			"UPDATE report_review SET address = :nobody, evidence = '' WHERE LOWER(address) = :key",
			"DELETE FROM reader_request WHERE match_key = :key", "DELETE FROM sign_up WHERE match_key = :key",
			"UPDATE notice SET reply = '' WHERE LOCATE(:key, LOWER(reply)) > 0",
			"UPDATE audit_field SET was = CASE WHEN was IS NULL THEN was ELSE :nobody END,"
					+ " became = CASE WHEN became IS NULL THEN became ELSE :nobody END"
					+ " WHERE entry_id IN (SELECT id FROM audit_entry WHERE LOWER(subject) = :key)",
			"UPDATE audit_entry SET subject = :nobody WHERE LOWER(subject) = :key",
			"UPDATE audit_field SET was = :nobody WHERE LOCATE(:key, LOWER(was)) > 0",
			"UPDATE audit_field SET became = :nobody WHERE LOCATE(:key, LOWER(became)) > 0");

	private final Profiles profiles;

	private final Subscriptions subscriptions;

	private final ErasedAddresses erased;

	private final MailFiles mailbox;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Erasure(Profiles profiles, Subscriptions subscriptions, ErasedAddresses erased, MailFiles mailbox, JdbcClient jdbc,
			TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.profiles = profiles;
		this.subscriptions = subscriptions;
		this.erased = erased;
		this.mailbox = mailbox;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * For an admin, who is named in the audit log.
	 * @return false where nobody has the number
	 */
	public boolean erase(int subscriberId) {
		return erase(subscriberId, null);
	}

	/** The log names no visitor's network address then: it would be the person's. */
	void eraseByReader(int subscriberId) {
		erase(subscriberId, Actor.HERALD);
	}

	private boolean erase(int subscriberId, @Nullable Actor by) {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			this.jdbc.sql("SELECT id FROM subscriber WHERE id = ? FOR UPDATE").param(subscriberId).query().listOfRows();
			return this.profiles.find(subscriberId).map((profile) -> erase(profile, by)).orElse(false);
		}));
	}

	private boolean erase(Profile profile, @Nullable Actor by) {
		EmailAddress address = profile.address();
		String nobody = NOBODY.formatted(profile.id());
		List<EmailAddress> mailedTo = new ArrayList<>(requestedWith(profile.id()));
		mailedTo.add(address);
		this.subscriptions.unsubscribeFromAll(profile.id(), ConsentSource.ERASURE, null);
		this.erased.add(address, this.clock.instant());
		this.jdbc.sql("""
				UPDATE subscriber SET address = :nobody, match_key = :nobody, name = '', language = '', zone = '',
				last_engaged_at = NULL, erased_at = :now WHERE id = :id
				""")
			.param("nobody", nobody)
			.param("now", Utc.of(this.clock.instant()))
			.param("id", profile.id())
			.update();
		BY_ADDRESS
			.forEach((sql) -> this.jdbc.sql(sql).params(Map.of("key", address.matchKey(), "nobody", nobody)).update());
		eraseRemains(profile.id());
		// Before the commit: mails of rehearsals can be lost, a person can't stay in
		// them.
		mailedTo.forEach(this.mailbox::forget);
		Change change = Change.of(Action.PERSON_ERASED, nobody).with("asked", (by != null) ? "by the reader" : null);
		this.events.publishEvent((by != null) ? change.by(by) : change);
		return true;
	}

	/** Addresses that the person moved from or to: mails about it went there. */
	private List<EmailAddress> requestedWith(int subscriberId) {
		return this.jdbc.sql("SELECT DISTINCT address FROM reader_request WHERE subscriber_id = ?")
			.param(subscriberId)
			.query(String.class)
			.list()
			.stream()
			.flatMap((address) -> EmailAddress.tryParse(address).stream())
			.toList();
	}

	/**
	 * What came after the erasure.
	 * @return rows that were deleted or emptied
	 */
	public int eraseRemains(int subscriberId) {
		return BY_NUMBER.stream().mapToInt((sql) -> this.jdbc.sql(sql).param("id", subscriberId).update()).sum();
	}

}
