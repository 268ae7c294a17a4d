package dev.herald.subscriber;

import java.util.List;

import dev.herald.problem.Sentence;

/**
 * What an import did, or in a dry run would do. Every row of the list is counted in one
 * of the figures, but for suppressed, which counts addresses besides; blank lines are no
 * rows.
 *
 * @param added new subscriptions that get mail, unless they are suppressed
 * @param pending new ones that are not confirmed
 * @param unsubscribed new ones that are on record as ended
 * @param unchanged already subscribed, confirmed or not
 * @param keptUnsubscribed had unsubscribed and stays so: an import never re-subscribes
 * @param ended was subscribed here, and has left by what the list says
 * @param suppressed addresses that get nothing from now on
 * @param duplicates rows whose address stands further up in the list
 * @param rejected all rows that were not taken
 * @param firstRejections at most 20 of them; none where the import was gone on with in
 * another process
 * @param ignoredColumns columns of the list of which nothing is kept
 */
public record ImportResult(int added, int pending, int unsubscribed, int unchanged, int keptUnsubscribed, int ended,
		int suppressed, int duplicates, int rejected, List<Rejection> firstRejections, List<String> ignoredColumns) {

	static ImportResult of(ImportCounts counts, int rejected, List<Rejection> first, List<String> ignoredColumns) {
		return new ImportResult(counts.added(), counts.pending(), counts.unsubscribed(), counts.unchanged(),
				counts.keptUnsubscribed(), counts.ended(), counts.suppressed(), counts.duplicates(), rejected,
				List.copyOf(first), List.copyOf(ignoredColumns));
	}

	/** All rows that were taken, whatever became of them. */
	public int taken() {
		return this.added + this.pending + this.unsubscribed + this.unchanged + this.keptUnsubscribed + this.ended
				+ this.duplicates;
	}

	/** Line counts from 1 and includes the header. */
	public record Rejection(long line, String column, Sentence reason) {
	}

}
