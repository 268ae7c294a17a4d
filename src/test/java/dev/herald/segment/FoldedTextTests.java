package dev.herald.segment;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FoldedTextTests {

	@ParameterizedTest
	@CsvSource({ "Berlin,berlin", "' BERLIN ',berlin", "ΟΔΟΣ,οδοσ", "οδος,οδοσ", "İstanbul,istanbul", "Straße,straße",
			"北京,北京", "\uD801\uDC00x,\uD801\uDC28x" })
	void capitalLettersAndBlanksAroundMakeNoDifference(String text, String folded) {
		assertThat(FoldedText.of(text).folded()).isEqualTo(folded);
	}

	/** A Greek word that goes on has another sigma than one that ends. */
	@Test
	void whatATextBeginsWithItsFoldedTextBeginsWith() {
		assertThat(FoldedText.of("ΟΔΟΣΗΜΟ").folded()).startsWith(FoldedText.of("ΟΔΟΣ").folded());
	}

	@Test
	void ofALongTextTheFirst500CharactersCountAndNoneIsHalf() {
		assertThat(FoldedText.of("A".repeat(501)).folded()).isEqualTo("a".repeat(500));
		assertThat(FoldedText.of("A".repeat(499) + "\uD83D\uDCE8").folded()).isEqualTo("a".repeat(499));
		assertThat(FoldedText.of(" ".repeat(600) + "x").folded()).isEqualTo("x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-3", "10.50", "999999999999999.999999", " 7\n" })
	void numbers(String text) {
		assertThat(FoldedText.of(text).number()).isEqualTo(new BigDecimal(text.strip()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "12 years", "1e9", "1,5", ".5", "5.", "+1", "0x1F", "NaN", "٣", "1.1234567",
			"1234567890123456" })
	void whatIsNoNumberHasNone(String text) {
		assertThat(FoldedText.of(text).number()).isNull();
	}

}
