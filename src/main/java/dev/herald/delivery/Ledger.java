package dev.herald.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.herald.address.EmailAddress;
import dev.herald.tracking.DeliveryKey;
import org.jspecify.annotations.Nullable;

/** Reading the ledger. Thread-safe. */
public class Ledger {

	public DeliveryCounts counts(int issueId) {
		throw new UnsupportedOperationException();
	}

	public Optional<Row> find(DeliveryKey delivery) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Rows of one state by subscriber id, at most limit, after the given subscriber id (0
	 * for the first page).
	 */
	public List<Row> page(int issueId, DeliveryState state, int afterSubscriberId, int limit) {
		throw new UnsupportedOperationException();
	}

	/** All rows of one state, streamed. */
	public void each(int issueId, DeliveryState state, Consumer<Row> action) {
		throw new UnsupportedOperationException();
	}

	/**
	 * One delivery, for people to read.
	 *
	 * @param reply what the relay said last, where it was not accepted at once
	 */
	public record Row(DeliveryKey delivery, int sendId, EmailAddress address, String name, DeliveryState state,
			int attempts, Instant changedAt, @Nullable String reply) {
	}

}
