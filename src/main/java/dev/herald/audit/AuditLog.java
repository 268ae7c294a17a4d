package dev.herald.audit;

import java.time.Clock;
import java.util.Objects;

import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes what changes. A change and its record commit together, or neither does.
 * Thread-safe.
 */
@Component
class AuditLog {

	/** The widths of the columns. */
	private static final int MAX_NAME = 500;

	private static final int MAX_VALUE = 2000;

	private final JdbcClient jdbc;

	private final ObjectProvider<CurrentActor> currentActor;

	private final Clock clock;

	AuditLog(JdbcClient jdbc, ObjectProvider<CurrentActor> currentActor, Clock clock) {
		this.jdbc = jdbc;
		this.currentActor = currentActor;
		this.clock = clock;
	}

	/**
	 * @throws IllegalStateException outside a transaction
	 */
	@EventListener
	void record(Change change) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException(
					change.action().key() + " has to be published within the transaction that makes the change");
		}
		Actor by = change.by();
		Actor actor = (by != null) ? by : current();
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO audit_entry (happened_at, who_kind, who, action, subject) VALUES (?, ?, ?, ?, ?)
				""")
			.params(Utc.of(this.clock.instant()), actor.kind().name(), cut(actor.name(), MAX_NAME),
					change.action().key(), cut(change.subject(), MAX_NAME))
			.update(key, "id");
		long entry = Objects.requireNonNull(key.getKey()).longValue();
		change.fields()
			.forEach((name, values) -> this.jdbc
				.sql("INSERT INTO audit_field (entry_id, name, was, became) VALUES (:entry, :name, :was, :became)")
				.param("entry", entry)
				.param("name", name)
				.param("was", value(values.was()))
				.param("became", value(values.became()))
				.update());
	}

	private Actor current() {
		CurrentActor known = this.currentActor.getIfAvailable();
		return (known != null) ? known.get() : Actor.HERALD;
	}

	private static @Nullable String value(@Nullable String text) {
		return (text != null) ? cut(text, MAX_VALUE) : null;
	}

	private static String cut(String text, int most) {
		if (text.length() <= most) {
			return text;
		}
		boolean halved = Character.isHighSurrogate(text.charAt(most - 2));
		return text.substring(0, halved ? most - 2 : most - 1) + "…";
	}

}
