package dev.herald.pacing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

import dev.herald.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RateLimitTests {

	private static final long MILLISECOND = 1_000_000;

	private static final long SECOND = 1000 * MILLISECOND;

	/** System.nanoTime() may begin anywhere, below zero too. */
	private static final long START = -5 * SECOND;

	@Test
	void placesAreSpreadEvenlyOverASecondAndItsMargin() {
		RateLimit limit = new RateLimit(Rate.of("10/s"));
		assertThat(limit.nanosUntilFree(START)).isZero();
		assertThat(limit.take(START)).isZero();
		assertThat(limit.nanosUntilFree(START)).isEqualTo(102 * MILLISECOND);
		assertThat(limit.take(START)).isEqualTo(102 * MILLISECOND);
		assertThat(limit.take(START)).isEqualTo(204 * MILLISECOND);
	}

	@Test
	void aPauseSavesNothingUp() {
		RateLimit limit = new RateLimit(Rate.of("10/s"));
		limit.take(START);
		long later = START + 60 * SECOND;
		assertThat(limit.take(later)).isZero();
		assertThat(limit.nanosUntilFree(later)).isEqualTo(102 * MILLISECOND);
	}

	@Test
	void aPlaceTakenALittleLateDoesNotMoveTheNext() {
		RateLimit limit = new RateLimit(Rate.of("10/s"));
		limit.take(START);
		assertThat(limit.take(START + 112 * MILLISECOND)).isZero();
		assertThat(limit.nanosUntilFree(START + 112 * MILLISECOND)).isEqualTo(92 * MILLISECOND);
	}

	@ParameterizedTest
	@CsvSource({ "1/s,1000", "3/s,1000", "600/m,60000", "2/h,3600000", "1/d,86400000" })
	void aFullWindowWaitsUntilItsFirstMailHasLeftIt(String rate, long unit) {
		RateLimit limit = new RateLimit(Rate.of(rate));
		for (int i = 0; i < limit.rate().count(); i++) {
			assertThat(limit.nanosUntilMail(START + i)).isZero();
			limit.stamp(START + i);
		}
		long now = START + limit.rate().count();
		assertThat(limit.nanosUntilMail(now)).isEqualTo((unit + 15) * MILLISECOND - limit.rate().count());
		assertThat(limit.nanosUntilMail(START + (unit + 15) * MILLISECOND)).isZero();
		assertThat(limit.nanosUntilMail(START + (unit + 15) * MILLISECOND - 1)).isEqualTo(1);
	}

	@Test
	void aDispatcherSeesTheGateToo() {
		RateLimit limit = new RateLimit(Rate.of("2/s"));
		limit.stamp(START);
		limit.stamp(START + 1);
		assertThat(limit.nanosUntilFree(START + 2)).isEqualTo(1015 * MILLISECOND - 2);
	}

	@Test
	void aLowerLimitCountsWhatWasSentBefore() {
		RateLimit limit = new RateLimit(Rate.of("10/s"));
		for (int i = 0; i < 10; i++) {
			limit.stamp(START + i * MILLISECOND);
		}
		limit.set(Rate.of("4/s"));
		assertThat(limit.rate()).hasToString("4/s");
		assertThat(limit.nanosUntilMail(START + 10 * MILLISECOND)).isEqualTo(1011 * MILLISECOND);
		limit.stamp(START + 1021 * MILLISECOND);
		assertThat(limit.nanosUntilMail(START + 1021 * MILLISECOND)).isEqualTo(MILLISECOND);
	}

	@Test
	void aHigherLimitHoldsAtOnceAndCountsWhatWasSentBefore() {
		RateLimit limit = new RateLimit(Rate.of("1/h"));
		limit.take(START);
		limit.stamp(START);
		assertThat(limit.nanosUntilFree(START)).isEqualTo(3_600_015 * MILLISECOND + 5 * MILLISECOND);
		limit.set(Rate.of("2/s"));
		assertThat(limit.nanosUntilFree(START)).isEqualTo(510 * MILLISECOND);
		limit.stamp(START + MILLISECOND);
		assertThat(limit.nanosUntilMail(START + MILLISECOND)).isEqualTo(1014 * MILLISECOND);
	}

	@Test
	void processesShareALimit() {
		RateLimit limit = new RateLimit(Rate.of("10/s"));
		limit.share(3);
		assertThat(limit.rate()).hasToString("10/s");
		limit.take(START);
		assertThat(limit.nanosUntilFree(START)).isEqualTo(340 * MILLISECOND);
		for (int i = 0; i < 3; i++) {
			assertThat(limit.nanosUntilMail(START)).isZero();
			limit.stamp(START);
		}
		assertThat(limit.nanosUntilMail(START)).isEqualTo(1015 * MILLISECOND);
		limit.share(1);
		assertThat(limit.nanosUntilMail(START)).isZero();
	}

	@Test
	void aPartOfLessThanOneMessageMakesTheWindowLonger() {
		RateLimit limit = new RateLimit(Rate.of("2/s"));
		limit.share(5);
		limit.stamp(START);
		assertThat(limit.nanosUntilMail(START)).isEqualTo(2515 * MILLISECOND);
	}

	@Test
	void noProcessAtAllIsRefused() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> new RateLimit(Rate.of("2/s")).share(0))
			.withMessage("A limit is shared by one process or more, not 0.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1/s", "2/s", "10/s", "50/s", "333/s", "1000/s", "5000/s" })
	void eightLanesThatWakeLateReachNinetySevenPercentAndKeepEveryWindow(String text) {
		Rate rate = Rate.of(text);
		List<Long> mails = simulate(rate, 30 * SECOND, new Random(42));
		double seconds = (mails.get(mails.size() - 1) - mails.get(0)) / 1e9;
		assertThat((mails.size() - 1) / seconds).isBetween(0.97 * rate.count(), (double) rate.count());
		Windows.check(mails, rate.count());
	}

	@Test
	void theFirstWindowAfterAPauseIsNoFuller() {
		RateLimit limit = new RateLimit(Rate.of("100/s"));
		List<Long> mails = new ArrayList<>();
		long now = START;
		for (int i = 0; i < 1_000; i++) {
			now += limit.take(now);
			now += limit.nanosUntilMail(now);
			limit.stamp(now);
			mails.add(now);
			now += (i % 150 == 149) ? (300 + i) * MILLISECOND : 0;
		}
		Windows.check(mails, 100);
		for (int i = 1; i < mails.size(); i++) {
			assertThat(mails.get(i) - mails.get(i - 1)).isGreaterThanOrEqualTo(10 * MILLISECOND);
		}
	}

	/**
	 * Lanes that take a place, sleep, pass the gate, and wait for the replies. Each sleep
	 * ends 50 to 100 microseconds late, and one in a thousand 12 ms.
	 * @return when MAIL was written
	 */
	private static List<Long> simulate(Rate rate, long duration, Random random) {
		record Step(long at, boolean taken) {
		}
		RateLimit limit = new RateLimit(rate);
		List<Long> mails = new ArrayList<>();
		PriorityQueue<Step> lanes = new PriorityQueue<>(Comparator.comparingLong((step) -> step.at() - START));
		for (int i = 0; i < 8; i++) {
			lanes.add(new Step(START + i, false));
		}
		while (lanes.element().at() - START < duration) {
			Step step = lanes.remove();
			long wait = step.taken() ? limit.nanosUntilMail(step.at()) : limit.take(step.at());
			if (wait > 0 || !step.taken()) {
				lanes.add(new Step(step.at() + wait + ((wait > 0) ? late(random) : 0), true));
				continue;
			}
			limit.stamp(step.at() + 5_000);
			mails.add(step.at() + 5_000);
			lanes.add(new Step(step.at() + 500_000 + random.nextInt(500_000), false));
		}
		return mails;
	}

	private static long late(Random random) {
		return (random.nextInt(1000) == 0) ? 12 * MILLISECOND : 50_000 + random.nextInt(50_000);
	}

}
