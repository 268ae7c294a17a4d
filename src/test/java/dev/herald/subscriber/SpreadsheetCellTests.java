package dev.herald.subscriber;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpreadsheetCellTests {

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+tag@example.org", "-1", "@SUM(A1)", "\tx", "\rx", "=HYPERLINK(\"x\")\n", "＝1",
			"'=1" })
	void whatLooksLikeAFormulaBecomesTextAndComesBack(String value) {
		assertThat(SpreadsheetCell.write(value)).startsWith("'");
		assertThat(SpreadsheetCell.read(SpreadsheetCell.write(value))).isEqualTo(value);
	}

	/** Where the comma is a decimal point, our lines are split at semicolons. */
	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '"',
			value = { "x;=1+1~x;'=1+1", "x;'=1~x;''=1", "a|-b~a|'-b", "x;y=1~x;y=1", "';=1~';'=1" })
	void whatASpreadsheetElsewhereWouldSplitIsNoFormulaEither(String value, String written) {
		assertThat(SpreadsheetCell.write(value)).isEqualTo(written);
		assertThat(SpreadsheetCell.read(written)).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Jo", "jo@example.org", "O'Hara", "'t Hooft", "'", "a=1" })
	void otherCellsStayAsTheyAre(String value) {
		assertThat(SpreadsheetCell.write(value)).isEqualTo(value);
		assertThat(SpreadsheetCell.read(value)).isEqualTo(value);
	}

}
