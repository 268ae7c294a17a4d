package dev.herald.tracking;

import java.time.Instant;

/**
 * One request for a link or the pixel of a tracked mail: all of it that tells who made
 * it. Kept for some seconds, and never stored.
 *
 * @param link the code of the link; {@link #PIXEL} or {@link #TRAP}
 * @param method of HTTP, such as GET
 * @param client its network address
 * @param agent the field User-Agent; empty where there was none
 * @param language the field Accept-Language; empty where there was none
 * @param purpose the fields Sec-Purpose, Purpose and X-Moz together; empty where there
 * was none
 */
public record MailRequest(String link, Instant at, String method, String client, String agent, String language,
		String purpose) {

	/** In place of a link's code. */
	public static final String PIXEL = "";

	/** The code of the link that no person sees. */
	public static final String TRAP = "0";

	EngagementKind kind() {
		return this.link.equals(PIXEL) ? EngagementKind.OPEN : EngagementKind.CLICK;
	}

	boolean isTrap() {
		return this.link.equals(TRAP);
	}

	/** Two requests of one program. */
	boolean isOfSame(MailRequest other) {
		return this.client.equals(other.client) && this.agent.equals(other.agent);
	}

}
