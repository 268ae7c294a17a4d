package dev.herald.delivery;

import java.util.Optional;

import dev.herald.tracking.Acceptances;
import dev.herald.tracking.DeliveryKey;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class LedgerAcceptances implements Acceptances {

	private final JdbcClient jdbc;

	LedgerAcceptances(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Whatever became of it otherwise, a mail of which something is read has arrived. */
	@Override
	public Optional<Acceptance> of(DeliveryKey delivery) {
		return this.jdbc.sql("SELECT state, changed_at FROM delivery WHERE issue_id = ? AND subscriber_id = ?")
			.params(delivery.issueId(), delivery.subscriberId())
			.query((row, n) -> switch (DeliveryState.ofCode(row.getInt("state"))) {
				case READY, SENDING, DEFERRED -> new Acceptance(null);
				case ACCEPTED, REJECTED, UNCERTAIN, SKIPPED, EXPIRED, CANCELLED ->
					new Acceptance(LedgerTime.read(row.getInt("changed_at")));
			})
			.optional();
	}

}
