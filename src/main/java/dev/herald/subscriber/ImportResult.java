package dev.herald.subscriber;

import java.util.List;

/**
 * What an import did, or in a dry run would do.
 *
 * @param added new subscriptions
 * @param unchanged already subscribed
 * @param keptUnsubscribed had unsubscribed and stays so: an import never re-subscribes
 * @param rejected all rows that were not taken
 * @param firstRejections at most 20 of them
 */
public record ImportResult(int added, int unchanged, int keptUnsubscribed, int rejected,
		List<Rejection> firstRejections) {

	/** Line counts from 1 and includes the header. */
	public record Rejection(long line, String column, String reason) {
	}

}
