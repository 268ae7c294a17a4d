package dev.herald.render;

/**
 * What stands for a slot while a template is rendered: {@code slot}, a nonce that no
 * issue can contain, the slot's number in four digits, and a sign. As it is printed the
 * sign is an apostrophe, the one that all of FreeMarker's markup formats escape: what
 * became of it tells how the value would be escaped. Then it is replaced by the sign of
 * an {@link Escape}.
 */
final class Placeholder {

	static final int MAX_NUMBER = 9999;

	private static final int DIGITS = 4;

	private Placeholder() {
	}

	static String start(String nonce) {
		return "slot" + nonce;
	}

	static String printed(String nonce, int number) {
		return bare(nonce, number) + "'";
	}

	static String bare(String nonce, int number) {
		String digits = Integer.toString(number);
		return start(nonce) + "0".repeat(DIGITS - digits.length()) + digits;
	}

	/** Its length without the sign. */
	static int length(String nonce) {
		return start(nonce).length() + DIGITS;
	}

	/** Replaces the signs of all that were printed and escaped in this way. */
	static String signed(String output, String nonce, String printedSign, Escape escape) {
		String start = start(nonce);
		StringBuilder result = new StringBuilder(output.length());
		int from = 0;
		for (int at = output.indexOf(start); at >= 0; at = output.indexOf(start, at + 1)) {
			int end = at + length(nonce);
			if (output.startsWith(printedSign, end)) {
				result.append(output, from, end).append(escape.sign());
				from = end + printedSign.length();
			}
		}
		return result.append(output, from, output.length()).toString();
	}

	/** Gives all in a text another escape. */
	static String resigned(String text, String nonce, Escape from, Escape to) {
		return signed(text, nonce, String.valueOf(from.sign()), to);
	}

}
