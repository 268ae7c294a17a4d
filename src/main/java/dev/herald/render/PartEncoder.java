package dev.herald.render;

/**
 * Writes one part of one mail in its transfer encoding. Its state between two calls is
 * what is needed to go on in the middle of a line. Not thread-safe.
 */
interface PartEncoder {

	/**
	 * @param octets canonical text: each line ends with CRLF, and no call ends between
	 * the two
	 */
	void write(byte[] octets, int from, int to);

	default void write(byte[] octets) {
		write(octets, 0, octets.length);
	}

	/** What was encoded before is shared, the rest is encoded now. */
	default void write(Stretch stretch) {
		if (stretch.encoded().length == 0) {
			write(stretch.octets());
			return;
		}
		write(stretch.octets(), 0, stretch.from());
		share(stretch);
		write(stretch.octets(), stretch.to(), stretch.octets().length);
	}

	/** Adds the encoded middle and goes on behind it. */
	void share(Stretch stretch);

	/** Writes what is kept back. */
	void end();

}
