package dev.herald.bounce;

/** Bytes in, facts out. Pure: no database, no clock. Thread-safe. */
public final class ReportParser {

	private ReportParser() {
	}

	/** Never throws for what is in the mail. */
	public static Report parse(byte[] mail) {
		throw new UnsupportedOperationException();
	}

}
