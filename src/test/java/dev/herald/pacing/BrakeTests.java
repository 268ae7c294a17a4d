package dev.herald.pacing;

import java.util.Optional;

import dev.herald.problem.Sentence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BrakeTests {

	private static final String SPAM = "554 5.7.1 looks like spam, id #";

	private final Brake brake = new Brake(PaceSettings.BRAKE);

	@Test
	void moreThanAFifthOfTheLastAnswersPullsIt() {
		accepted(160);
		rejected(40);
		assertThat(this.brake.rejected()).get()
			.asString()
			.isEqualTo("41 of the last 200 answers were rejections, which is more than 20%.");
	}

	@Test
	void exactlyAFifthDoesNot() {
		for (int i = 0; i < 400; i++) {
			assertThat(this.brake.accepted()).isEmpty();
			assertThat(this.brake.accepted()).isEmpty();
			assertThat(this.brake.accepted()).isEmpty();
			assertThat(this.brake.accepted()).isEmpty();
			assertThat(this.brake.rejected()).isEmpty();
		}
	}

	@Test
	void whatLiesFurtherBackIsForgotten() {
		accepted(1000);
		rejected(40);
		accepted(160);
		rejected(40);
		assertThat(this.brake.rejected()).isPresent();
	}

	@Test
	void aSmallSendIsJudgedFromFiftyAnswersOn() {
		for (int i = 0; i < 49; i++) {
			assertThat(this.brake.rejected()).isEmpty();
		}
		assertThat(this.brake.accepted()).get()
			.asString()
			.isEqualTo("49 of the last 50 answers were rejections, which is more than 20%.");
	}

	@Test
	void elevenOfFiftyAreTooManyAndTenAreNot() {
		accepted(40);
		rejected(10);
		accepted(4);
		assertThat(this.brake.rejected()).isEmpty();
		assertThat(this.brake.rejected()).get()
			.asString()
			.isEqualTo("12 of the last 56 answers were rejections, which is more than 20%.");
	}

	@Test
	void aShorterLookBackIsFullEarlier() {
		Brake shorter = new Brake(new PacingSettings.BrakeSettings(new Percent(50), 10, 5));
		for (int i = 0; i < 9; i++) {
			assertThat(shorter.rejected()).isEmpty();
		}
		assertThat(shorter.rejected()).isPresent();
	}

	@Test
	void fiveOfTheSameRejectionAfterDataPullIt() {
		for (int i = 0; i < 4; i++) {
			assertThat(this.brake.rejectedAfterData(SPAM)).isEmpty();
		}
		assertThat(this.brake.rejectedAfterData(SPAM)).get()
			.asString()
			.isEqualTo("5 messages in a row were rejected after DATA with the same reply: " + SPAM);
	}

	@Test
	void anAcceptanceOrAnotherTextEndsTheRun() {
		afterData(4, SPAM);
		accepted(1);
		afterData(4, SPAM);
		afterData(1, "552 5.3.4 too big");
		assertThat(afterData(4, SPAM)).isEmpty();
		assertThat(afterData(1, SPAM)).isPresent();
	}

	@Test
	void deadAddressesBetweenNeitherCountNorEndTheRun() {
		afterData(4, SPAM);
		rejected(20);
		assertThat(afterData(1, SPAM)).get()
			.asString()
			.isEqualTo("5 messages in a row were rejected after DATA with the same reply: " + SPAM);
	}

	@Test
	void theReasonIsToldOnce() {
		assertThat(afterData(5, SPAM)).isPresent();
		assertThat(afterData(5, SPAM)).isEmpty();
		for (int i = 0; i < 200; i++) {
			assertThat(this.brake.rejected()).isEmpty();
		}
	}

	@Test
	void aLongReplyIsCutToOneLine() {
		assertThat(afterData(5, "554 no\r\n" + "ü".repeat(500))).get()
			.asString()
			.isEqualTo("5 messages in a row were rejected after DATA with the same reply: 554 no " + "ü".repeat(112)
					+ "…");
	}

	private void accepted(int times) {
		for (int i = 0; i < times; i++) {
			assertThat(this.brake.accepted()).isEmpty();
		}
	}

	private void rejected(int times) {
		for (int i = 0; i < times; i++) {
			assertThat(this.brake.rejected()).isEmpty();
		}
	}

	private Optional<Sentence> afterData(int times, String likeness) {
		Optional<Sentence> reason = Optional.empty();
		for (int i = 0; i < times; i++) {
			reason = this.brake.rejectedAfterData(likeness);
		}
		return reason;
	}

}
