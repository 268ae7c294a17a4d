package dev.herald.subscriber;

/**
 * How far an import is, for whoever watches it; and the way to stop it. Thread-safe: one
 * thread imports, others look.
 */
public final class ImportProgress {

	private volatile long bytes;

	private volatile long size;

	private volatile long rows;

	private volatile boolean checking = true;

	private volatile boolean stopped;

	/** Ends the import between two chunks. What is imported by then stays. */
	public void stop() {
		this.stopped = true;
	}

	public boolean stopped() {
		return this.stopped;
	}

	/** Whether nothing was changed yet. */
	public boolean checking() {
		return this.checking;
	}

	/** Rows that are read in the pass under way. */
	public long rows() {
		return this.rows;
	}

	/** Percent of the file that the pass under way has read. */
	public int percent() {
		long whole = this.size;
		return (whole > 0) ? (int) Math.min(100, this.bytes * 100 / whole) : 0;
	}

	void begin(boolean checking, long size) {
		this.checking = checking;
		this.size = size;
		this.bytes = 0;
		this.rows = 0;
	}

	void at(long rows, long bytes) {
		this.rows = rows;
		this.bytes = bytes;
	}

}
