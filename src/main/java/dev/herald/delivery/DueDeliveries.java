package dev.herald.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the deliveries of one slice that may be tried now: first those never tried, then
 * those deferred. A keyset over the ledger's state, which is the only memory of how far a
 * send came: nothing is saved in Batch's own tables. For one thread.
 */
class DueDeliveries implements ItemReader<ReadyDelivery> {

	private static final int PAGE = 500;

	private final Claims claims;

	private final int sendId;

	private final int first;

	private final int last;

	private final Queue<ReadyDelivery> page = new ArrayDeque<>();

	private DeliveryState state = DeliveryState.READY;

	private int after;

	DueDeliveries(Claims claims, int sendId, int after, int last) {
		this.claims = claims;
		this.sendId = sendId;
		this.first = after;
		this.after = after;
		this.last = last;
	}

	@Override
	public @Nullable ReadyDelivery read() {
		if (this.page.isEmpty() && !fetch() && this.state == DeliveryState.READY) {
			this.state = DeliveryState.DEFERRED;
			this.after = this.first;
			fetch();
		}
		return this.page.poll();
	}

	private boolean fetch() {
		List<ReadyDelivery> found = this.claims.due(this.sendId, this.state, this.after, this.last, PAGE);
		for (ReadyDelivery delivery : found) {
			this.page.add(delivery);
			this.after = delivery.key().subscriberId();
		}
		return !found.isEmpty();
	}

}
