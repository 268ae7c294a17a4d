package dev.herald.render;

import java.nio.charset.StandardCharsets;

/** How large the HTML part of a mail may be. */
public final class HtmlSize {

	/**
	 * In octets, before transfer encoding. Behind it Gmail shows "[Message clipped]" and
	 * a link, and counts opens no more.
	 */
	public static final int CLIPPED_ABOVE = 102_400;

	/** In octets, for longer names, addresses and tokens than the sample reader's. */
	public static final int RESERVE = 1_024;

	private HtmlSize() {
	}

	/** In UTF-8. */
	public static int octets(String html) {
		return html.getBytes(StandardCharsets.UTF_8).length;
	}

	/** Whether every reader sees all of it, where the sample reader's has this size. */
	public static boolean fits(int octets) {
		return octets <= CLIPPED_ABOVE - RESERVE;
	}

}
