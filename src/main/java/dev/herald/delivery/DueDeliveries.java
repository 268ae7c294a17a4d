package dev.herald.delivery;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the deliveries of a send to one provider that may be tried now: first those never
 * tried, then those deferred. A keyset over the ledger's state, which is the only memory
 * of how far a send came: nothing is saved in Batch's own tables. For one thread.
 */
class DueDeliveries implements ItemReader<ReadyDelivery> {

	private final Claims claims;

	private final int sendId;

	private final int provider;

	private final int page;

	private final boolean consents;

	private final Queue<ReadyDelivery> read = new ArrayDeque<>();

	private DeliveryState state = DeliveryState.READY;

	private int after;

	/**
	 * @param provider its code in the ledger
	 * @param consents whether to look who consented to being tracked
	 */
	DueDeliveries(Claims claims, int sendId, int provider, int page, boolean consents) {
		this.claims = claims;
		this.sendId = sendId;
		this.provider = provider;
		this.page = page;
		this.consents = consents;
	}

	@Override
	public @Nullable ReadyDelivery read() {
		if (this.read.isEmpty() && !fetch() && this.state == DeliveryState.READY) {
			this.state = DeliveryState.DEFERRED;
			this.after = 0;
			fetch();
		}
		return this.read.poll();
	}

	private boolean fetch() {
		List<ReadyDelivery> found = this.claims.due(this.sendId, this.state, this.provider, this.after, this.page,
				this.consents);
		for (ReadyDelivery delivery : found) {
			this.read.add(delivery);
			this.after = delivery.key().subscriberId();
		}
		return !found.isEmpty();
	}

}
