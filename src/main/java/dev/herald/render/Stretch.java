package dev.herald.render;

/**
 * The octets of a part between two slots, and its middle as encoded whatever stands
 * before it. Immutable.
 *
 * @param octets not encoded
 * @param from where the encoded middle begins
 * @param to where it ends
 * @param encoded the middle; empty where nothing can be encoded before
 * @param column how many characters of a line are written at the end of the middle
 */
record Stretch(byte[] octets, int from, int to, byte[] encoded, int column) {

	private static final byte[] NOTHING = new byte[0];

	static Stretch notEncoded(byte[] octets) {
		return new Stretch(octets, 0, 0, NOTHING, 0);
	}

}
