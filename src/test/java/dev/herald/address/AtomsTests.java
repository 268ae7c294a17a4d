package dev.herald.address;

import java.util.Random;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read letter by letter, beside the same as a pattern. */
class AtomsTests {

	private static final Pattern LOCAL_PART = Pattern.compile(
			"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{a1}-\\x{10ffff}]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{a1}-\\x{10ffff}]+)*");

	private static final Pattern DOMAIN = Pattern
		.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?![0-9]+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

	@Test
	void everySingleCharacterOfALocalPartIsTakenAsThePatternTakesIt() {
		for (int c = 0; c <= Character.MAX_VALUE; c++) {
			String text = String.valueOf((char) c);
			assertThat(Atoms.isLocalPart(text)).as("U+%04X", c).isEqualTo(LOCAL_PART.matcher(text).matches());
			assertThat(Atoms.isDomain("a." + text)).as("U+%04X", c).isEqualTo(DOMAIN.matcher("a." + text).matches());
		}
	}

	@Test
	void wordsOfFewLettersAreTakenAsThePatternTakesThem() {
		Random random = new Random(7);
		for (int i = 0; i < 50_000; i++) {
			String text = text(random);
			assertThat(Atoms.isLocalPart(text)).as(text).isEqualTo(LOCAL_PART.matcher(text).matches());
			assertThat(Atoms.isDomain(text)).as(text).isEqualTo(DOMAIN.matcher(text).matches());
		}
	}

	@Test
	void aLabelHasAtMost63Letters() {
		assertThat(Atoms.isDomain("a".repeat(63) + ".org")).isTrue();
		assertThat(Atoms.isDomain("a".repeat(64) + ".org")).isFalse();
		assertThat(Atoms.isDomain("org." + "a".repeat(64))).isFalse();
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		int length = random.nextInt(9);
		for (int i = 0; i < length; i++) {
			text.append("ab0.-.@é李".charAt(random.nextInt(9)));
		}
		return text.toString();
	}

}
