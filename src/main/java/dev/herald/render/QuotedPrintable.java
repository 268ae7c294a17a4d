package dev.herald.render;

/**
 * RFC 2045 section 6.7. A space is kept back until it is known whether the line ends
 * behind it, since white space there would be lost.
 */
final class QuotedPrintable implements PartEncoder {

	/** A line has 76 characters, with the equal sign of a soft break. */
	private static final int MAX_COLUMN = 75;

	private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E',
			'F' };

	private final Pieces out;

	private int column;

	private boolean space;

	QuotedPrintable(Pieces out) {
		this.out = out;
	}

	/** Behind a line's end all is the same whatever came before. */
	static Stretch stretch(byte[] octets, boolean first) {
		int from = first ? 0 : afterFirstLine(octets);
		if (from == octets.length) {
			return Stretch.notEncoded(octets);
		}
		int to = (octets[octets.length - 1] == ' ') ? octets.length - 1 : octets.length;
		Pieces middle = new Pieces();
		QuotedPrintable encoder = new QuotedPrintable(middle);
		encoder.write(octets, from, to);
		encoder.spaceWithin();
		return new Stretch(octets, from, to, middle.toByteArray(), encoder.column);
	}

	private static int afterFirstLine(byte[] octets) {
		for (int i = 0; i < octets.length; i++) {
			if (octets[i] == '\n') {
				return i + 1;
			}
		}
		return octets.length;
	}

	@Override
	public void write(byte[] octets, int from, int to) {
		for (int i = from; i < to; i++) {
			write(octets[i] & 0xff);
		}
	}

	private void write(int octet) {
		if (octet == '\r') {
			end();
			this.out.put('\r');
			this.out.put('\n');
			this.column = 0;
		}
		else if (octet != '\n') {
			spaceWithin();
			if (octet == ' ') {
				this.space = true;
			}
			else if (octet < ' ' || octet >= 0x7f || octet == '=') {
				escaped(octet);
			}
			else {
				plain(octet);
			}
		}
	}

	@Override
	public void share(Stretch stretch) {
		this.out.share(stretch.encoded());
		this.column = stretch.column();
	}

	private void spaceWithin() {
		if (this.space) {
			this.space = false;
			plain(' ');
		}
	}

	@Override
	public void end() {
		if (this.space) {
			this.space = false;
			escaped(' ');
		}
	}

	private void plain(int octet) {
		room(1);
		this.out.put(octet);
	}

	private void escaped(int octet) {
		room(3);
		this.out.put('=');
		this.out.put(HEX[octet >> 4]);
		this.out.put(HEX[octet & 0xf]);
	}

	private void room(int width) {
		this.column += width;
		if (this.column > MAX_COLUMN) {
			this.out.putAscii("=\r\n");
			this.column = width;
		}
	}

}
