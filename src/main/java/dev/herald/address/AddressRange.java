package dev.herald.address;

import java.util.Locale;

/**
 * The part of an index of match keys that begins with what somebody typed: a whole
 * address, in whatever way it is written, or the beginning of one.
 *
 * @param from the first key that can be in it
 * @param to sorts behind the last
 */
public record AddressRange(String from, String to) {

	/** Sorts behind every character that an address can have. */
	private static final String END = "\uFFFF";

	/**
	 * @param text empty for every address
	 */
	public static AddressRange of(String text) {
		String key = EmailAddress.tryParse(text)
			.map(EmailAddress::matchKey)
			.orElseGet(() -> text.strip().toLowerCase(Locale.ROOT));
		return new AddressRange(key, key + END);
	}

}
