package dev.herald.subscriber;

/**
 * What became of rows. Each row is counted once, but for suppressed, which counts
 * addresses besides.
 *
 * @param added new subscriptions that get mail
 * @param pending new ones that are not confirmed
 * @param unsubscribed new ones that are on record as ended
 * @param unchanged already subscribed, confirmed or not
 * @param keptUnsubscribed had unsubscribed and stays so
 * @param ended was subscribed here, and has left by what the list says
 * @param suppressed addresses that get nothing from now on
 * @param duplicates rows whose address stands further up in the list
 */
record ImportCounts(int added, int pending, int unsubscribed, int unchanged, int keptUnsubscribed, int ended,
		int suppressed, int duplicates) {

	static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0, 0, 0, 0);

	/** New subscriptions that are all alike. */
	static ImportCounts joined(SubscriptionState state, int rows) {
		return switch (state) {
			case ACTIVE -> new ImportCounts(rows, 0, 0, 0, 0, 0, 0, 0);
			case PENDING -> new ImportCounts(0, rows, 0, 0, 0, 0, 0, 0);
			case UNSUBSCRIBED -> new ImportCounts(0, 0, rows, 0, 0, 0, 0, 0);
		};
	}

	ImportCounts plus(ImportCounts more) {
		return new ImportCounts(this.added + more.added, this.pending + more.pending,
				this.unsubscribed + more.unsubscribed, this.unchanged + more.unchanged,
				this.keptUnsubscribed + more.keptUnsubscribed, this.ended + more.ended,
				this.suppressed + more.suppressed, this.duplicates + more.duplicates);
	}

	ImportCounts withDuplicates(int more) {
		return new ImportCounts(this.added, this.pending, this.unsubscribed, this.unchanged, this.keptUnsubscribed,
				this.ended, this.suppressed, this.duplicates + more);
	}

	ImportCounts withKeptUnsubscribed(int more) {
		return new ImportCounts(this.added, this.pending, this.unsubscribed, this.unchanged,
				this.keptUnsubscribed + more, this.ended, this.suppressed, this.duplicates);
	}

	/** As {@link #parse} reads it. */
	String text() {
		return "%d %d %d %d %d %d %d %d".formatted(this.added, this.pending, this.unsubscribed, this.unchanged,
				this.keptUnsubscribed, this.ended, this.suppressed, this.duplicates);
	}

	static ImportCounts parse(String text) {
		String[] n = text.split(" ", -1);
		return new ImportCounts(Integer.parseInt(n[0]), Integer.parseInt(n[1]), Integer.parseInt(n[2]),
				Integer.parseInt(n[3]), Integer.parseInt(n[4]), Integer.parseInt(n[5]), Integer.parseInt(n[6]),
				Integer.parseInt(n[7]));
	}

}
