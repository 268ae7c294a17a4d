package dev.herald.address;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

import com.ibm.icu.text.IDNA;

/**
 * One mail address, checked. Immutable. {@link #value()} is what goes on the envelope:
 * the local part as it was typed, the domain as lower-case A-labels. {@link #matchKey()}
 * is what two spellings of one address share.
 */
public record EmailAddress(String value) {

	/** RFC 5321 section 4.5.3.1.1, in octets. */
	private static final int MAX_LOCAL_PART = 64;

	/** RFC 5321 section 4.5.3.1.3: a path of 256 octets, less its angle brackets. */
	private static final int MAX_ADDRESS = 254;

	/** RFC 5322 section 3.2.3 dot-atom, with the non-ASCII of RFC 6532. */
	private static final Pattern DOT_ATOM = Pattern.compile(
			"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{a1}-\\x{10ffff}]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{a1}-\\x{10ffff}]+)*");

	/** RFC 5321 section 4.1.2 Quoted-string. */
	private static final Pattern QUOTED_STRING = Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[ -~])+\"");

	/**
	 * RFC 1035 section 2.3.1, digits first allowed by RFC 1123; the top level is not a
	 * number.
	 */
	private static final Pattern DOMAIN = Pattern
		.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

	/** Invisible or reordering characters: they make one address look like another. */
	private static final Pattern DECEPTIVE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}]");

	private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI
			| IDNA.CHECK_CONTEXTJ | IDNA.CHECK_CONTEXTO | IDNA.USE_STD3_RULES);

	/**
	 * Parses a bare address, RFC 5321 section 4.1.2 and RFC 6531. Spaces around it are
	 * dropped. Domain literals ({@code [192.0.2.1]}) are refused: no reader subscribes
	 * with one.
	 * @throws InvalidAddressException saying what is wrong
	 */
	public static EmailAddress parse(String text) {
		String address = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
		if (address.isEmpty()) {
			throw new InvalidAddressException("The address is empty.");
		}
		if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || DECEPTIVE.matcher(address).find()) {
			throw new InvalidAddressException("The address has a line break, control or invisible character in it.");
		}
		int at = address.lastIndexOf('@');
		if (at < 1 || at == address.length() - 1) {
			throw new InvalidAddressException(
					"'" + abbreviate(address) + "' is no address: it needs a name, @ and a domain.");
		}
		String local = checkLocalPart(address.substring(0, at));
		EmailAddress result = new EmailAddress(local + "@" + checkDomain(address.substring(at + 1)));
		if (octets(result.value) > MAX_ADDRESS) {
			throw new InvalidAddressException(
					"'" + abbreviate(address) + "' is longer than " + MAX_ADDRESS + " octets (RFC 5321).");
		}
		return result;
	}

	private static String checkLocalPart(String local) {
		if (octets(local) > MAX_LOCAL_PART) {
			throw new InvalidAddressException("'" + abbreviate(local) + "' before the @ is longer than "
					+ MAX_LOCAL_PART + " octets (RFC 5321).");
		}
		if (!DOT_ATOM.matcher(local).matches() && !QUOTED_STRING.matcher(local).matches()) {
			throw new InvalidAddressException("'" + abbreviate(local)
					+ "' before the @ is not allowed in an address (a space, a stray dot or a special character).");
		}
		return local;
	}

	private static String checkDomain(String domain) {
		StringBuilder ascii = new StringBuilder();
		IDNA.Info info = new IDNA.Info();
		UTS46.nameToASCII(domain, ascii, info);
		String result = ascii.toString().toLowerCase(Locale.ROOT);
		boolean valid = !info.hasErrors() && (DOMAIN.matcher(result).matches() || result.equals("localhost"));
		if (!valid) {
			throw new InvalidAddressException("'" + abbreviate(domain) + "' after the @ is no domain name.");
		}
		return result;
	}

	private static int octets(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private static String abbreviate(String text) {
		return (text.length() <= 60) ? text : text.substring(0, 60) + "…";
	}

	public String domain() {
		return this.value.substring(this.value.lastIndexOf('@') + 1);
	}

	public String localPart() {
		return this.value.substring(0, this.value.lastIndexOf('@'));
	}

	/**
	 * Lower-case throughout: RFC 5321 lets a server tell JO@ from jo@, and none that
	 * people subscribe from does.
	 */
	public String matchKey() {
		return this.value.toLowerCase(Locale.ROOT);
	}

	/** Whether a relay must offer SMTPUTF8 (RFC 6531) to take it. */
	public boolean needsSmtpUtf8() {
		return this.value.chars().anyMatch((c) -> c > 127);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
