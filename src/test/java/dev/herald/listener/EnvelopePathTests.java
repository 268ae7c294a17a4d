package dev.herald.listener;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.RejectException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnvelopePathTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			FROM:<>                              | ''
			FROM:<ann@example.org>               | ann@example.org
			from: <Ann@Example.org>              | Ann@Example.org
			FROM:<@a.example,@b.example:c@d.example> | c@d.example
			FROM:<"a > b\\" c"@example.org>      | "a > b\\" c"@example.org
			FROM:<josé@example.org>              | josé@example.org
			""")
	void theAddressIsWhatIsBetweenTheBracketsWithoutASourceRoute(String argument, String address) throws Exception {
		assertThat(EnvelopePath.parse("FROM", argument).address()).isEqualTo(address);
	}

	@Test
	void parametersFollow() throws Exception {
		assertThat(EnvelopePath.parse("FROM", "FROM:<a@b.example> size=10  BODY=8bitmime "))
			.isEqualTo(new EnvelopePath("a@b.example", List.of("SIZE=10", "BODY=8BITMIME")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "FROM:", "FROM:a@example.org", "FROM:<a@example.org", "TO:<a@example.org>",
			"FROM:<a@example.org>SIZE=1", "FROM:<a b@example.org>", "FROM:<a\0@example.org>", "FROM:<a\t@example.org>",
			"FROM:<\"a\0\"@example.org>", "FROM:<\"a@example.org>", "FROM:<<a@example.org>>" })
	void anythingElseIsASyntaxErrorThatRepeatsNothingOfIt(String argument) {
		assertThatExceptionOfType(RejectException.class).isThrownBy(() -> EnvelopePath.parse("FROM", argument))
			.extracting(RejectException::getErrorResponse)
			.isEqualTo("501 5.5.4 Expected FROM:<address>");
	}

	@Test
	void theLongestLineOfBackslashesAndQuotesTakesNoTime() {
		for (String part : List.of("\\", "\"\\", "<", "\"", "@a:", " ", "a")) {
			String argument = "FROM:<" + part.repeat(990 / part.length());
			assertThatExceptionOfType(RejectException.class).isThrownBy(() -> EnvelopePath.parse("FROM", argument));
		}
	}

}
