package dev.herald.tracking;

import java.util.Optional;

/**
 * RFC 4648 section 6 in lower case, without padding. Mail servers lower-case local parts,
 * and people type links: reading takes either case. Only whole groups of five bytes, so
 * that each text has one meaning.
 */
final class Base32 {

	private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

	private static final int GROUP_BYTES = 5;

	private static final int GROUP_CHARS = 8;

	private Base32() {
	}

	static String write(byte[] bytes) {
		StringBuilder text = new StringBuilder(bytes.length / GROUP_BYTES * GROUP_CHARS);
		for (int start = 0; start < bytes.length; start += GROUP_BYTES) {
			long group = 0;
			for (int i = 0; i < GROUP_BYTES; i++) {
				group = group << 8 | (bytes[start + i] & 0xff);
			}
			for (int shift = 35; shift >= 0; shift -= 5) {
				text.append(ALPHABET.charAt((int) (group >> shift) & 31));
			}
		}
		return text.toString();
	}

	static Optional<byte[]> read(String text) {
		if (text.length() % GROUP_CHARS != 0) {
			return Optional.empty();
		}
		byte[] bytes = new byte[text.length() / GROUP_CHARS * GROUP_BYTES];
		for (int group = 0; group < text.length() / GROUP_CHARS; group++) {
			long value = 0;
			for (int i = 0; i < GROUP_CHARS; i++) {
				int digit = digit(text.charAt(group * GROUP_CHARS + i));
				if (digit < 0) {
					return Optional.empty();
				}
				value = value << 5 | digit;
			}
			for (int i = GROUP_BYTES - 1; i >= 0; i--) {
				bytes[group * GROUP_BYTES + i] = (byte) value;
				value >>= 8;
			}
		}
		return Optional.of(bytes);
	}

	private static int digit(char c) {
		if (c >= 'A' && c <= 'Z') {
			return c - 'A';
		}
		return ALPHABET.indexOf(c);
	}

}
