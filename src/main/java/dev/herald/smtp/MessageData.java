package dev.herald.smtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A message as it goes over the wire: dots stuffed (RFC 5321 section 4.5.2), the final
 * dot behind it, all in one array that is kept from message to message. Not thread-safe.
 */
final class MessageData {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long EVERY_HIGH_BIT = 0x8080808080808080L;

	private static final long EVERY_LOW_BIT = 0x0101010101010101L;

	private static final long EIGHT_DOTS = '.' * EVERY_LOW_BIT;

	private static final int MOST_OF_AN_END = 5;

	private byte[] bytes = new byte[64 * 1024];

	private int length;

	private boolean eightBit;

	private boolean eightBitHeader;

	void load(byte[] content) {
		int dots = 0;
		long bits = 0;
		int i = 0;
		// Eight bytes at a time: byte by byte this took longer than the write itself.
		for (; i + 8 <= content.length; i += 8) {
			long word = (long) LONGS.get(content, i);
			bits |= word;
			if (hasDot(word)) {
				dots += dotsToStuff(content, i, i + 8);
			}
		}
		for (int j = i; j < content.length; j++) {
			bits |= content[j];
		}
		dots += dotsToStuff(content, i, content.length);
		this.eightBit = (bits & EVERY_HIGH_BIT) != 0;
		this.eightBitHeader = this.eightBit && hasEightBitHeader(content);
		fill(content, dots);
	}

	private static boolean hasDot(long word) {
		long difference = word ^ EIGHT_DOTS;
		return ((difference - EVERY_LOW_BIT) & ~difference & EVERY_HIGH_BIT) != 0;
	}

	private static int dotsToStuff(byte[] content, int from, int to) {
		int dots = 0;
		for (int i = from; i < to; i++) {
			if (isDotToStuff(content, i)) {
				dots++;
			}
		}
		return dots;
	}

	/**
	 * After a bare CR or LF as well: some servers take that for a line end, and a dot
	 * behind it for the end of the message (CVE-2023-51764).
	 */
	private static boolean isDotToStuff(byte[] content, int i) {
		return content[i] == '.' && (i == 0 || content[i - 1] == '\n' || content[i - 1] == '\r');
	}

	private static boolean hasEightBitHeader(byte[] content) {
		for (int i = 0; i < content.length; i++) {
			if (content[i] < 0) {
				return true;
			}
			if (content[i] == '\n' && i >= 3 && content[i - 1] == '\r' && content[i - 2] == '\n') {
				return false;
			}
		}
		return false;
	}

	private void fill(byte[] content, int dots) {
		int needed = content.length + dots + MOST_OF_AN_END;
		if (this.bytes.length < needed) {
			this.bytes = new byte[needed + needed / 4];
		}
		if (dots == 0) {
			System.arraycopy(content, 0, this.bytes, 0, content.length);
			this.length = content.length;
		}
		else {
			stuff(content);
		}
		end();
	}

	private void stuff(byte[] content) {
		this.length = 0;
		for (int i = 0; i < content.length; i++) {
			if (isDotToStuff(content, i)) {
				append('.');
			}
			append(content[i]);
		}
	}

	private void end() {
		boolean atLineStart = this.length >= 2 && this.bytes[this.length - 2] == '\r'
				&& this.bytes[this.length - 1] == '\n';
		for (char c : (atLineStart ? ".\r\n" : "\r\n.\r\n").toCharArray()) {
			append(c);
		}
	}

	private void append(int octet) {
		this.bytes[this.length++] = (byte) octet;
	}

	/** Valid until the next message is loaded, up to {@link #length()}. */
	byte[] bytes() {
		return this.bytes;
	}

	int length() {
		return this.length;
	}

	/** Whether an octet above 127 is in it, RFC 6152. */
	boolean isEightBit() {
		return this.eightBit;
	}

	/** Whether one is in the header, RFC 6532. */
	boolean hasEightBitHeader() {
		return this.eightBitHeader;
	}

}
