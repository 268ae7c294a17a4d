package dev.herald.delivery;

import java.time.Clock;
import java.util.List;

import dev.herald.schema.Utc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tidies the ledger behind sends that people stopped: a cancelling that nobody took back
 * in time is one; what a cancelled one had not tried becomes CANCELLED, and what the
 * process of a held or cancelled one took into its grave becomes UNCERTAIN. Can be done
 * again by whoever comes next; every statement commits by itself. Thread-safe.
 */
@Component
class StoppedSends {

	/** So many rows are locked at a time, and not a million. */
	private static final int BATCH = 1_000;

	private static final Logger logger = LoggerFactory.getLogger(StoppedSends.class);

	private final SendChanges changes;

	private final ResendList lists;

	private final JdbcClient jdbc;

	private final Clock clock;

	StoppedSends(SendChanges changes, ResendList lists, JdbcClient jdbc, Clock clock) {
		this.changes = changes;
		this.lists = lists;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	void settle() {
		this.changes.cancelOverdue();
		cancelled().forEach(this::cancelDeliveries);
		this.lists.forgetCancelled();
		left().forEach(this::abandonClaims);
	}

	private List<Integer> cancelled() {
		return this.jdbc.sql("""
				SELECT o.id FROM send o WHERE o.status = 'CANCELLED'
				AND EXISTS (SELECT 1 FROM delivery d WHERE d.send_id = o.id AND d.state IN (0, 3))
				""").query(Integer.class).list();
	}

	private void cancelDeliveries(int sendId) {
		int cancelled = cancelDeliveries(sendId, DeliveryState.READY)
				+ cancelDeliveries(sendId, DeliveryState.DEFERRED);
		logger.info("Send {} was cancelled: {} deliveries are not tried any more", sendId, cancelled);
	}

	private int cancelDeliveries(int sendId, DeliveryState from) {
		int all = 0;
		int changed;
		do {
			changed = this.jdbc.sql("""
					UPDATE delivery SET state = 8, changed_at = :now WHERE send_id = :send AND state = :from
					ORDER BY subscriber_id LIMIT :batch
					""")
				.param("now", LedgerTime.of(this.clock.instant()))
				.param("send", sendId)
				.param("from", from.code())
				.param("batch", BATCH)
				.update();
			all += changed;
		}
		while (changed > 0);
		return all;
	}

	private List<Integer> left() {
		return this.jdbc.sql("""
				SELECT o.id FROM send o WHERE o.status IN ('HELD', 'CANCELLED')
				AND (o.owner IS NULL OR o.owned_until < :time)
				AND EXISTS (SELECT 1 FROM delivery d WHERE d.send_id = o.id AND d.state = 1)
				""").param("time", Utc.of(this.clock.instant())).query(Integer.class).list();
	}

	private void abandonClaims(int sendId) {
		int uncertain = this.jdbc.sql("""
				UPDATE delivery SET state = 5, changed_at = :now WHERE send_id = :send AND state = 1
				AND EXISTS (SELECT 1 FROM send o WHERE o.id = :send AND o.status IN ('HELD', 'CANCELLED')
				            AND (o.owner IS NULL OR o.owned_until < :time))
				""")
			.param("now", LedgerTime.of(this.clock.instant()))
			.param("send", sendId)
			.param("time", Utc.of(this.clock.instant()))
			.update();
		logger.warn("Send {} lost the process that worked on it: {} deliveries are uncertain", sendId, uncertain);
	}

}
