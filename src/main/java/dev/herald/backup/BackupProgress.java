package dev.herald.backup;

/**
 * How far a backup or a restore has come: written by the thread that works, read by
 * another.
 */
public final class BackupProgress {

	private volatile String table = "";

	private volatile long rows;

	private volatile long total;

	/** The table that is worked on; empty before the first. */
	public String table() {
		return this.table;
	}

	/** Since the beginning of what is under way now. */
	public long rows() {
		return this.rows;
	}

	/** How many rows there will be; 0 while that is not known. */
	public long total() {
		return this.total;
	}

	void table(String name) {
		this.table = name;
	}

	@SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
	void row() {
		this.rows++;
	}

	/** The same rows once more, of which the number is known now. */
	void again(long total) {
		this.rows = 0;
		this.table = "";
		this.total = total;
	}

}
