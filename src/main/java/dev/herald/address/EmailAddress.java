package dev.herald.address;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.herald.problem.Sentence;
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

	/** Before normalising: more is no address, and not worth the work. */
	private static final int MAX_TYPED = 1000;

	/** RFC 5321 section 4.1.2 Quoted-string. */
	private static final Pattern QUOTED_STRING = Pattern.compile("\"(?:[ !#-\\[\\]-~]|\\\\[ -~])+\"");

	/**
	 * Invisible or reordering characters, and spaces other than the plain one: they make
	 * one address look like another. Unassigned, private and surrogate code points, and
	 * the letters and marks that Unicode calls Default_Ignorable_Code_Point.
	 */
	private static final Pattern DECEPTIVE = Pattern.compile(
			"[\\p{Cc}\\p{Cf}\\p{Z}\\p{Cs}\\p{Co}\\p{Cn}\\x{34f}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}"
					+ "\\x{3164}\\x{ffa0}\\x{fe00}-\\x{fe0f}\\x{e0100}-\\x{e01ef}&&[^ ]]");

	/** Spaces and byte order marks around an address, as pasted from pages and sheets. */
	private static final Pattern MARGIN = Pattern
		.compile("^[\\s\\x{a0}\\x{3000}\\x{feff}]+|[\\s\\x{a0}\\x{3000}\\x{feff}]+$");

	/**
	 * Parses a bare address, RFC 5321 section 4.1.2 and RFC 6531. Spaces around it are
	 * dropped, line breaks are not. Refused though some standard allows them, since no
	 * reader subscribes with one: domain literals ({@code [192.0.2.1]}) and domains
	 * without a dot, other than localhost.
	 * @throws InvalidAddressException saying what is wrong
	 */
	public static EmailAddress parse(String text) {
		if (text.length() > MAX_TYPED) {
			throw new InvalidAddressException(Sentence.of("address.too-long", MAX_ADDRESS));
		}
		if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
			throw new InvalidAddressException(Sentence.of("address.line-break"));
		}
		boolean visible = isVisibleAscii(text);
		String address = visible ? text
				: Normalizer.normalize(MARGIN.matcher(text).replaceAll(""), Normalizer.Form.NFC);
		if (address.isEmpty()) {
			throw new InvalidAddressException(Sentence.of("address.empty"));
		}
		if (!visible && DECEPTIVE.matcher(address).find()) {
			throw new InvalidAddressException(Sentence.of("address.deceptive"));
		}
		int at = address.lastIndexOf('@');
		if (at < 1 || at == address.length() - 1) {
			throw new InvalidAddressException(Sentence.of("address.none", abbreviate(address)));
		}
		String local = checkLocalPart(address.substring(0, at));
		EmailAddress result = new EmailAddress(local + "@" + checkDomain(address.substring(at + 1)));
		if (octets(result.value) > MAX_ADDRESS) {
			throw new InvalidAddressException(Sentence.of("address.whole-too-long", abbreviate(address), MAX_ADDRESS));
		}
		return result;
	}

	/** As nearly all are: nothing to normalise, to cut off or to be deceived by. */
	private static boolean isVisibleAscii(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
				return false;
			}
		}
		return true;
	}

	/** Empty where {@link #parse} would refuse the text, as others have written it. */
	public static Optional<EmailAddress> tryParse(String text) {
		try {
			return Optional.of(parse(text));
		}
		catch (InvalidAddressException ex) {
			return Optional.empty();
		}
	}

	private static String checkLocalPart(String local) {
		if (octets(local) > MAX_LOCAL_PART) {
			throw new InvalidAddressException(Sentence.of("address.local-too-long", abbreviate(local), MAX_LOCAL_PART));
		}
		if (!Atoms.isLocalPart(local) && !QUOTED_STRING.matcher(local).matches()) {
			throw new InvalidAddressException(Sentence.of("address.local", abbreviate(local)));
		}
		return local;
	}

	private static String checkDomain(String domain) {
		String result = isPlain(domain) ? domain.toLowerCase(Locale.ROOT) : Idn.toAscii(domain);
		if (!Atoms.isDomain(result) && !result.equals("localhost")) {
			throw new InvalidAddressException(Sentence.of("address.domain", abbreviate(domain)));
		}
		return result;
	}

	/** Needs no IDNA: neither U-labels nor A-labels, whose coding has to be checked. */
	private static boolean isPlain(String domain) {
		return domain.chars().allMatch((c) -> c < 128) && !domain.toLowerCase(Locale.ROOT).contains("xn--");
	}

	private static int octets(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private static String abbreviate(String text) {
		return (text.codePointCount(0, text.length()) <= 60) ? text
				: text.substring(0, text.offsetByCodePoints(0, 60)) + "…";
	}

	public String domain() {
		return this.value.substring(this.value.lastIndexOf('@') + 1);
	}

	public String localPart() {
		return this.value.substring(0, this.value.lastIndexOf('@'));
	}

	/**
	 * Enough for its owner to know it by; for pages behind links that forwarded mails
	 * carry too.
	 */
	public String masked() {
		String local = localPart();
		return local.substring(0, local.offsetByCodePoints(0, 1)) + "…@" + domain();
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

	/** Apart, so that ICU's tables are loaded for international domains only. */
	private static final class Idn {

		private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI
				| IDNA.CHECK_CONTEXTJ | IDNA.CHECK_CONTEXTO | IDNA.USE_STD3_RULES);

		/** Empty where it is not valid. */
		static String toAscii(String domain) {
			StringBuilder ascii = new StringBuilder();
			IDNA.Info info = new IDNA.Info();
			UTS46.nameToASCII(domain, ascii, info);
			return info.hasErrors() ? "" : ascii.toString().toLowerCase(Locale.ROOT);
		}

	}

}
