package dev.herald.render;

import java.util.Arrays;
import java.util.Base64;

/** RFC 2045 section 6.8, in lines of 76 characters. */
final class Base64Lines implements PartEncoder {

	private static final int MAX_COLUMN = 76;

	/** Octets that make a line. */
	private static final int LINE = MAX_COLUMN / 4 * 3;

	private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(MAX_COLUMN, new byte[] { '\r', '\n' });

	private final Pieces out;

	private final byte[] line = new byte[LINE];

	private int used;

	Base64Lines(Pieces out) {
		this.out = out;
	}

	static Stretch stretch(byte[] octets, boolean first) {
		int to = octets.length - octets.length % LINE;
		return (first && to > 0) ? new Stretch(octets, 0, to, lines(octets, 0, to), 0) : Stretch.notEncoded(octets);
	}

	private static byte[] lines(byte[] octets, int from, int to) {
		byte[] encoded = ENCODER.encode(Arrays.copyOfRange(octets, from, to));
		byte[] lines = Arrays.copyOf(encoded, encoded.length + 2);
		lines[encoded.length] = '\r';
		lines[encoded.length + 1] = '\n';
		return lines;
	}

	@Override
	public void write(byte[] octets, int from, int to) {
		int at = from;
		if (this.used > 0) {
			at += fill(octets, from, to);
		}
		if (this.used == 0 && to - at >= LINE) {
			int end = to - (to - at) % LINE;
			this.out.share(lines(octets, at, end));
			at = end;
		}
		fill(octets, at, to);
	}

	private int fill(byte[] octets, int from, int to) {
		int length = Math.min(LINE - this.used, to - from);
		System.arraycopy(octets, from, this.line, this.used, length);
		this.used += length;
		if (this.used == LINE) {
			this.out.put(lines(this.line, 0, LINE));
			this.used = 0;
		}
		return length;
	}

	@Override
	public void share(Stretch stretch) {
		this.out.share(stretch.encoded());
	}

	@Override
	public void end() {
		if (this.used > 0) {
			byte[] last = ENCODER.encode(Arrays.copyOf(this.line, this.used));
			this.out.put(last);
			if (last.length == MAX_COLUMN) {
				this.out.putAscii("\r\n");
			}
			this.used = 0;
		}
	}

}
