package dev.herald.web;

import java.util.List;

/**
 * How a text is looked at. Public for the views.
 *
 * @param as one of {@link #WAYS}
 * @param reader "s" and the number of a sample reader, or "r" and that of a subscriber
 */
public record PreviewChoice(String as, String reader) {

	static final List<String> WAYS = List.of("desktop", "phone", "dark", "text");

	/** What is not there is the first. */
	static PreviewChoice of(String as, String reader) {
		return new PreviewChoice(WAYS.contains(as) ? as : WAYS.get(0), reader.matches("[sr]\\d{1,9}") ? reader : "s0");
	}

	PreviewChoice readBy(int subscriberId) {
		return new PreviewChoice(this.as, "r" + subscriberId);
	}

	/** Whether a subscriber of this installation is meant. */
	public boolean ofSubscriber() {
		return this.reader.startsWith("r");
	}

	int number() {
		return Integer.parseInt(this.reader.substring(1));
	}

	/** For an address. */
	public String query() {
		return "as=" + this.as + "&reader=" + this.reader;
	}

}
