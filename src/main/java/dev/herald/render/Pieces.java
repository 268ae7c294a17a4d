package dev.herald.render;

import java.util.Arrays;

/**
 * A message while it is put together: stretches of octets that are shared by all mails,
 * and its own between them. Copied once, at the end. Not thread-safe.
 */
final class Pieces {

	/** Stands for the own octets. */
	private static final byte[] OWN = new byte[0];

	private byte[] own = new byte[1024];

	private int ownSize;

	/** Where the last piece of own octets begins, if it is not closed yet. */
	private int openFrom;

	private byte[][] sources = new byte[16][];

	/** Of each piece where it begins in its source, and where it ends. */
	private int[] bounds = new int[32];

	private int count;

	private int size;

	void put(int octet) {
		if (this.ownSize == this.own.length) {
			this.own = Arrays.copyOf(this.own, 2 * this.own.length);
		}
		this.own[this.ownSize++] = (byte) octet;
	}

	/** Every character of the text is one octet. */
	void putAscii(String text) {
		for (int i = 0; i < text.length(); i++) {
			put(text.charAt(i));
		}
	}

	void put(byte[] octets) {
		for (byte octet : octets) {
			put(octet);
		}
	}

	/**
	 * @param octets not copied yet: nobody changes them
	 */
	void share(byte[] octets) {
		close();
		add(octets, 0, octets.length);
	}

	private void close() {
		if (this.openFrom < this.ownSize) {
			add(OWN, this.openFrom, this.ownSize);
			this.openFrom = this.ownSize;
		}
	}

	private void add(byte[] source, int from, int to) {
		if (this.count == this.sources.length) {
			this.sources = Arrays.copyOf(this.sources, 2 * this.count);
			this.bounds = Arrays.copyOf(this.bounds, 4 * this.count);
		}
		this.sources[this.count] = source;
		this.bounds[2 * this.count] = from;
		this.bounds[2 * this.count + 1] = to;
		this.count++;
		this.size += to - from;
	}

	int size() {
		return this.size + this.ownSize - this.openFrom;
	}

	void copyTo(byte[] target, int offset) {
		close();
		int at = offset;
		for (int i = 0; i < this.count; i++) {
			int length = this.bounds[2 * i + 1] - this.bounds[2 * i];
			System.arraycopy(source(i), this.bounds[2 * i], target, at, length);
			at += length;
		}
	}

	private byte[] source(int piece) {
		return (this.sources[piece] == OWN) ? this.own : this.sources[piece];
	}

	byte[] toByteArray() {
		byte[] result = new byte[size()];
		copyTo(result, 0);
		return result;
	}

}
