package dev.herald.address;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class EmailAddressTests {

	private static final Path FLANKER = Path.of("../shared/data/bounces/flanker");

	/**
	 * Valid by some standard and refused on purpose: comments, domains without a dot,
	 * addresses of machines, characters that no domain name has.
	 */
	private static final Pattern NOT_FOR_SUBSCRIBERS = Pattern
		.compile("\\(this is a comment\\)|@[^.]+$|\\.[0-9]+$|!osoft99");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jo@example.org           | jo@example.org
			Jo.Doe+news@Example.ORG  | Jo.Doe+news@example.org
			li@例子.测试              | li@xn--fsqu00a.xn--0zwm56d
			李@example.cn            | 李@example.cn
			jo@straße.example        | jo@xn--strae-oqa.example
			jo@xn--strae-oqa.example | jo@xn--strae-oqa.example
			"jo doe"@example.org     | "jo doe"@example.org
			jo@localhost             | jo@localhost
			jo@123.com               | jo@123.com
			""", quoteCharacter = '\1')
	void keepsTheLocalPartAndWritesTheDomainInLowerCaseAscii(String typed, String value) {
		assertThat(EmailAddress.parse(typed).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { " jo@example.org ", "\tjo@example.org", "\u00a0jo@example.org\u3000", "\ufeffjo@example.org" })
	void spacesAroundAreDropped(String typed) {
		assertThat(EmailAddress.parse(typed).value()).isEqualTo("jo@example.org");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jo@example.org\r\nBcc: all@example.org", "jo\n@example.org", "jo@example.org\n",
			"\r\njo@example.org", "jo@exam\rple.org", "jo\u0000@example.org", "jo\u0007@example.org",
			"jo@exa\u0085mple.org", "jo\u2028@example.org", "jo\u202e@example.org", "jo@\u2066example.org",
			"j\u200bo@example.org", "j\u00ado@example.org", "jo\ufe0f@example.org", "j\u3164o@example.org",
			"j\u00a0o@example.org", "j\u2003o@example.org", "j\u3000o@example.org", "jo\ud800@example.org",
			"jo\ue000@example.org", "jo@example.org\u202c", "\"jo\u0001\"@example.org" })
	void lineBreaksControlsAndWhatCannotBeSeenAreRefused(String typed) {
		assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> EmailAddress.parse(typed))
			.satisfies((ex) -> assertThat(ex.getMessage()).matches("[ -~]+"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "jo", "@example.org", "jo@", "jo@.", "jo@example.", "jo@.org", "jo@example..org",
			"jo@-example.org", "jo@example-.org", "jo@exa_mple.org", "jo@192.0.2.1", "jo@[192.0.2.1]", "jo@example",
			"jo@example.123", "a@b@example.org", "jo doe@example.org", ".jo@example.org", "jo.@example.org",
			"j..o@example.org", "jo,li@example.org", "<jo@example.org>", "jo(work)@example.org", "\"jo@example.org",
			"\"\"@example.org", "jo@xn--a.org", "jo@xn--xn--.org", "jo@exam ple.org", "jo@例 子.测试", "jo;@example.org",
			"mailto:jo@example.org" })
	void whatIsNoAddressIsRefused(String typed) {
		assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> EmailAddress.parse(typed));
	}

	@Test
	void lengthsAreCountedInOctets() {
		assertThat(EmailAddress.parse("a".repeat(64) + "@example.org").localPart()).hasSize(64);
		refuses("a".repeat(65) + "@example.org");
		assertThat(EmailAddress.parse("李".repeat(21) + "@example.org").localPart()).hasSize(21);
		refuses("李".repeat(22) + "@example.org");
		refuses("jo@" + "a".repeat(64) + ".org");
		String domain = ("a".repeat(61) + ".").repeat(4) + "org";
		assertThat(EmailAddress.parse("jo@" + domain).value()).hasSize(254);
		refuses("joe@" + domain);
	}

	@Test
	void amountsThatAreNoAddressAreRefusedWithoutWork() {
		refuses("a".repeat(10_000_000));
		refuses("@".repeat(1_000_000));
		refuses("a.".repeat(31) + "a@" + "例.".repeat(300) + "org");
	}

	private static void refuses(String typed) {
		assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> EmailAddress.parse(typed))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(200));
	}

	@Test
	void twoSpellingsOfOneAddressMatch() {
		assertThat(EmailAddress.parse("Jo@Bücher.example").matchKey())
			.isEqualTo(EmailAddress.parse("jo@xn--bcher-kva.EXAMPLE").matchKey());
		// é in one and in two code points
		assertThat(EmailAddress.parse("ren\u00e9@example.org").matchKey())
			.isEqualTo(EmailAddress.parse("rene\u0301@example.org").matchKey());
	}

	@Test
	void aNonAsciiLocalPartNeedsSmtpUtf8AndAnIdnDoesNot() {
		assertThat(EmailAddress.parse("李@example.cn").needsSmtpUtf8()).isTrue();
		assertThat(EmailAddress.parse("li@例子.测试").needsSmtpUtf8()).isFalse();
	}

	@Test
	void validBareAddressesOfTheFlankerListAreTaken() throws IOException {
		for (String line : flanker("mailbox_valid.txt")) {
			if (NOT_FOR_SUBSCRIBERS.matcher(line).find()) {
				assertThatExceptionOfType(InvalidAddressException.class).as(line).isThrownBy(() -> Mailbox.parse(line));
			}
			else {
				String local = line.endsWith(">") ? line.substring(line.lastIndexOf('<') + 1) : line;
				assertThat(Mailbox.parse(line).address().localPart()).as(line)
					.isEqualTo(Normalizer.normalize(local.substring(0, local.lastIndexOf('@')), Normalizer.Form.NFC));
			}
		}
	}

	@Test
	void invalidAddressesOfTheFlankerListAreRefused() throws IOException {
		assertThat(flanker("mailbox_invalid.txt")).hasSizeGreaterThan(50)
			.allSatisfy((line) -> assertThatExceptionOfType(InvalidAddressException.class)
				.isThrownBy(() -> EmailAddress.parse(line)));
	}

	private static List<String> flanker(String name) throws IOException {
		Path file = FLANKER.resolve(name);
		assumeTrue(Files.exists(file), () -> file + " is not here");
		return Files.readAllLines(file)
			.stream()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.replaceFirst("\\s{2,}#.*$", ""))
			.filter((line) -> !line.isBlank())
			.toList();
	}

}
