package dev.herald.account;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PasswordsTests {

	private static final EmailAddress OWNER = EmailAddress.parse("annette@example.org");

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			"",                    at least 12 characters
			elevenchars,           at least 12 characters
			aaaaaaaaaaaaaaaa,      too easy to guess
			ANNETTE@example.org,   too easy to guess
			密密密密密密密密密密密密密密密密密密密密密密密密密, too long
			""")
	void aWeakPasswordIsRefusedWithItsReason(String password, String reason) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Passwords.check(password, OWNER))
			.withMessageContaining(reason);
	}

	@Test
	void twelveCharactersOfAnyScriptAreEnough() {
		assertThatCode(() -> Passwords.check("twelve chars", OWNER)).doesNotThrowAnyException();
		assertThatCode(() -> Passwords.check("春眠不觉晓处处闻啼鸟夜来", OWNER)).doesNotThrowAnyException();
	}

	@Test
	void theMessageNeverQuotesThePassword() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Passwords.check("hunter2", OWNER))
			.withMessageNotContaining("hunter2");
	}

}
