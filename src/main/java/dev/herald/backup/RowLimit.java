package dev.herald.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Breaks off where a row is longer than any that was written: a few octets of a zip file
 * can become gigabytes. Closing it leaves the stream below open.
 */
final class RowLimit extends FilterInputStream {

	private long left = Json.LONGEST_ROW;

	RowLimit(InputStream in) {
		super(in);
	}

	void rowBegins() {
		this.left = Json.LONGEST_ROW;
	}

	@Override
	public int read() throws IOException {
		int octet = this.in.read();
		count((octet < 0) ? 0 : 1);
		return octet;
	}

	@Override
	public int read(byte[] octets, int from, int length) throws IOException {
		int read = this.in.read(octets, from, length);
		count(Math.max(read, 0));
		return read;
	}

	private void count(int octets) throws IOException {
		this.left -= octets;
		if (this.left < 0) {
			throw new DamagedException("a row is longer than any row can be");
		}
	}

	@Override
	public void close() {
		// Its owner does.
	}

}
