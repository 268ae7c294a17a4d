package dev.herald.account;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TotpTests {

	private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

	/** RFC 6238 appendix B, the last six of its eight digits. */
	@ParameterizedTest
	@CsvSource({ "59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037",
			"20000000000, 353130" })
	void codesAreThoseOfTheRfc(long second, String code) {
		assertThat(Totp.code(SECRET, second / 30)).isEqualTo(code);
		assertThat(Totp.stepOf(SECRET, code, Instant.ofEpochSecond(second))).hasValue(second / 30);
	}

	@Test
	void aCodeIsTakenAStepEarlyOrLateAndNoFurther() {
		String code = Totp.code(SECRET, 100);
		assertThat(Totp.stepOf(SECRET, code, Instant.ofEpochSecond(99 * 30))).hasValue(100);
		assertThat(Totp.stepOf(SECRET, code, Instant.ofEpochSecond(101 * 30 + 29))).hasValue(100);
		assertThat(Totp.stepOf(SECRET, code, Instant.ofEpochSecond(102 * 30))).isEmpty();
		assertThat(Totp.stepOf(SECRET, code, Instant.ofEpochSecond(98 * 30 + 29))).isEmpty();
		assertThat(Totp.stepOf(SECRET, "", Instant.ofEpochSecond(0))).isEmpty();
	}

	/** RFC 4648 section 10, without its padding. */
	@ParameterizedTest
	@CsvSource({ "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI" })
	void secretsAreWrittenInBase32(String text, String encoded) {
		assertThat(Base32.encode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
	}

}
