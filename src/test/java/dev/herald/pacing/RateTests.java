package dev.herald.pacing;

import dev.herald.pacing.Rate.Unit;
import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RateTests {

	@ParameterizedTest
	@CsvSource({ "50/s,50,SECOND", "600/m,600,MINUTE", "1000/h,1000,HOUR", "20000/d,20000,DAY", "1/d,1,DAY",
			"1000000/s,1000000,SECOND", "' 7/s ',7,SECOND" })
	void aRateIsANumberAndAUnit(String text, int count, Unit unit) {
		assertThat(Rate.of(text)).isEqualTo(new Rate(count, unit)).hasToString(text.strip());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "50", "/s", "50/", "50/x", "50 /s", "5.5/s", "-5/s", "50/S", "50/sec", "fast",
			"9999999999/s", "٥/s", "50/s\n50/s" })
	void whatIsNoRateIsToldHowToWriteOne(String text) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Rate.of(text))
			.withMessage("'" + text + "' is no rate. Write a whole number, a slash and s, m, h or d,"
					+ " such as 50/s, 600/m, 1000/h or 20000/d.");
	}

	@ParameterizedTest
	@CsvSource({ "0/s,0", "1000001/d,1000001" })
	void aCountOutOfItsLimitsIsRefused(String text, int count) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Rate.of(text))
			.withMessage("A rate is from 1 to 1000000 messages, not " + count + ".");
	}

	@ParameterizedTest
	@CsvSource({ "25,25/s", "10,10/s", "1.5,90/m", "0.05,180/h", "0.0001,1/h", "0,1/h", "5000000,1000000/s" })
	void aMeasuredRateIsWrittenInTheUnitThatKeepsItsDigits(double perSecond, String rate) {
		assertThat(Rate.perSecond(perSecond)).hasToString(rate);
	}

	@Test
	void ratesOfDifferentUnitsAreCompared() {
		assertThat(Rate.of("600/m").perSecond()).isEqualTo(10);
	}

}
