package dev.herald.bounce;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.herald.address.EmailAddress;
import dev.herald.returns.BounceReason;
import dev.herald.schema.Utc;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.DeliveryKey;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells when a mailbox has been out of order for so long that nobody will come back to
 * it: a number of issues in a row bounced, over a number of days, without a sign of life
 * between. A sign of life is an issue that did not bounce, a reader's act, or a
 * suppression that a person lifted. Thread-safe.
 */
@Component
class SoftBounces {

	private static final List<String> OF_THE_MAILBOX = Stream.of(BounceReason.values())
		.filter(BounceReason::isOfTheMailbox)
		.map(BounceReason::text)
		.toList();

	/** Issues that are looked back at; more than a rule can ask for. */
	private static final int LOOK_BACK = 200;

	private final JdbcClient jdbc;

	private final Suppressions suppressions;

	private final BouncePolicy.Soft rule;

	SoftBounces(JdbcClient jdbc, Suppressions suppressions, BouncePolicy policy) {
		this.jdbc = jdbc;
		this.suppressions = suppressions;
		this.rule = policy.soft();
	}

	/**
	 * @param latest a delivery whose soft bounce is on record
	 * @return why the address should get nothing more; empty while it should
	 */
	Optional<String> verdict(DeliveryKey latest, EmailAddress address) {
		Instant alive = lastSignOfLife(latest, address);
		int inARow = 0;
		Instant first = null;
		Instant last = null;
		for (Past past : past(latest)) {
			Instant bounced = past.bouncedAt();
			if (bounced == null || !bounced.isAfter(alive)) {
				break;
			}
			inARow++;
			first = bounced;
			last = (last != null) ? last : bounced;
		}
		if (first == null || last == null || inARow < this.rule.bounces()
				|| Duration.between(first, last).compareTo(this.rule.over()) < 0) {
			return Optional.empty();
		}
		return Optional.of("%d issues in a row bounced, from %s to %s".formatted(inARow, day(first), day(last)));
	}

	private static LocalDate day(Instant time) {
		return LocalDate.ofInstant(time, ZoneOffset.UTC);
	}

	private Instant lastSignOfLife(DeliveryKey delivery, EmailAddress address) {
		Instant engaged = this.jdbc.sql("SELECT last_engaged_at FROM subscriber WHERE id = ?")
			.param(delivery.subscriberId())
			.query((row, number) -> Objects.requireNonNullElse(Utc.readNullable(row, "last_engaged_at"), Instant.EPOCH))
			.optional()
			.orElse(Instant.EPOCH);
		return this.suppressions.changes(address)
			.stream()
			.filter((change) -> !change.suppressed())
			.map(Suppressions.Change::at)
			.filter((lifted) -> lifted.isAfter(engaged))
			.reduce((earlier, later) -> later)
			.orElse(engaged);
	}

	/**
	 * What was handed over to the relay for this subscriber, newest first. The ledger has
	 * no index by subscriber: it is asked issue by issue, by its primary key.
	 */
	private List<Past> past(DeliveryKey latest) {
		return this.jdbc.sql("""
				SELECT d.issue_id,
				(SELECT MAX(b.received_at) FROM bounce b WHERE b.issue_id = d.issue_id
				 AND b.subscriber_id = d.subscriber_id AND b.reason IN (:reasons)) AS bounced_at
				FROM (SELECT i.id FROM issue i WHERE i.id <= :latest ORDER BY i.id DESC LIMIT :limit) recent
				JOIN delivery d ON d.issue_id = recent.id AND d.subscriber_id = :subscriber
				JOIN send o ON o.id = d.send_id
				WHERE d.state IN (2, 5) AND o.rehearsal = 0
				ORDER BY d.issue_id DESC
				""")
			.param("reasons", OF_THE_MAILBOX)
			.param("latest", latest.issueId())
			.param("limit", LOOK_BACK)
			.param("subscriber", latest.subscriberId())
			.query((row, number) -> new Past(Utc.readNullable(row, "bounced_at")))
			.list();
	}

	/**
	 * @param bouncedAt null where nothing came back
	 */
	private record Past(@Nullable Instant bouncedAt) {
	}

}
