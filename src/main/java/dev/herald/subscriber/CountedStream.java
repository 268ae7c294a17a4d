package dev.herald.subscriber;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Knows how far a file is read, for people who wait. */
final class CountedStream extends FilterInputStream {

	private long count;

	CountedStream(InputStream in) {
		super(in);
	}

	@Override
	public int read() throws IOException {
		int octet = super.read();
		this.count += (octet >= 0) ? 1 : 0;
		return octet;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read = super.read(bytes, offset, length);
		this.count += Math.max(read, 0);
		return read;
	}

	long count() {
		return this.count;
	}

}
