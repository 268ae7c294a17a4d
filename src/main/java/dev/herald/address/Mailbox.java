package dev.herald.address;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.problem.Sentence;

/**
 * A display name (may be empty) and an address, as in a From field: {@code Name <addr>}.
 */
public record Mailbox(String name, EmailAddress address) {

	/** RFC 5322 section 3.4 name-addr: a name in quotes may hold brackets. */
	private static final Pattern NAME_AND_ADDRESS = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*+\"\\s*|[^<>]*+)<(.+)>",
			Pattern.DOTALL);

	private static final Pattern CONTROL = Pattern
		.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

	private static final int MAX_NAME = 200;

	private static final int MAX_TYPED = 2000;

	/**
	 * Parses {@code Name <addr>}, {@code "Name" <addr>} or a bare address.
	 * @throws InvalidAddressException saying what is wrong
	 */
	public static Mailbox parse(String text) {
		if (text.length() > MAX_TYPED) {
			throw new InvalidAddressException(Sentence.of("address.mailbox-too-long"));
		}
		Matcher matcher = NAME_AND_ADDRESS.matcher(text.strip());
		if (!matcher.matches()) {
			return new Mailbox("", EmailAddress.parse(text));
		}
		return new Mailbox(checkName(matcher.group(1).strip()), EmailAddress.parse(matcher.group(2)));
	}

	private static String checkName(String name) {
		String bare = (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\""))
				? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1").strip() : name;
		if (CONTROL.matcher(bare).find() || bare.length() > MAX_NAME) {
			throw new InvalidAddressException(Sentence.of("address.name", MAX_NAME));
		}
		return bare;
	}

	@Override
	public String toString() {
		return this.name.isEmpty() ? this.address.value() : this.name + " <" + this.address.value() + ">";
	}

}
