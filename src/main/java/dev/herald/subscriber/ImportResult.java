package dev.herald.subscriber;

import java.util.List;

import dev.herald.problem.Sentence;

/**
 * What an import did, or in a dry run would do. Every row of the file is counted in one
 * of the five figures; blank lines are no rows.
 *
 * @param added new subscriptions
 * @param unchanged already subscribed, confirmed or not
 * @param keptUnsubscribed had unsubscribed and stays so: an import never re-subscribes
 * @param duplicates rows whose address stands further up in the file
 * @param rejected all rows that were not taken
 * @param firstRejections at most 20 of them
 * @param ignoredColumns columns of the file that Herald does not keep
 */
public record ImportResult(int added, int unchanged, int keptUnsubscribed, int duplicates, int rejected,
		List<Rejection> firstRejections, List<String> ignoredColumns) {

	/** Line counts from 1 and includes the header. */
	public record Rejection(long line, String column, Sentence reason) {
	}

}
