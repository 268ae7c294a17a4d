package dev.herald.pacing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderPaceTests {

	private static final String BUSY = "450 4.7.1 too many messages from #";

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);

	@Test
	void aConfiguredRateBindsFromTheStart() {
		assertThat(pace("gmail", "24/s").limits()).extracting(RateLimit::toString).containsExactly("24/s");
		assertThat(pace("gmail", null).limits()).isEmpty();
	}

	@Test
	void tenOfTheSameDeferralsInARowHalveTheRate() {
		ProviderPace pace = pace("gmail", "24/s");
		defer(pace, 9, BUSY);
		assertThat(pace.state()).isEmpty();
		defer(pace, 1, BUSY);
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("24/s", "12/s");
		pass(Duration.ofMinutes(4));
		assertThat(pace.state()).get().hasToString("slowed to 12/s for 4 min: 450 4.7.1 too many messages from #");
	}

	@Test
	void anAcceptanceOrAnotherTextEndsTheRun() {
		ProviderPace pace = pace("gmail", "24/s");
		defer(pace, 9, BUSY);
		pace.accepted("gmail.com");
		defer(pace, 9, BUSY);
		defer(pace, 1, "451 4.3.0 another");
		defer(pace, 9, BUSY);
		assertThat(pace.state()).isEmpty();
	}

	@Test
	void answersThatWereOnTheirWayDoNotCutAgain() {
		ProviderPace pace = pace("gmail", "24/s");
		defer(pace, 25, BUSY);
		pass(Duration.ofSeconds(10).minusNanos(1));
		defer(pace, 1, BUSY);
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("24/s", "12/s");
		pass(Duration.ofNanos(1));
		defer(pace, 1, BUSY);
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("24/s", "360/m");
	}

	@Test
	void noRateIsCutBelowTheFloor() {
		ProviderPace pace = pace("gmail", "1/s");
		for (int i = 0; i < 10; i++) {
			defer(pace, 10, BUSY);
			pass(Duration.ofSeconds(10));
		}
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("1/s", "10/m");
		ProviderPace slow = pace("gmail", "5/h");
		defer(slow, 10, BUSY);
		assertThat(slow.limits()).extracting(RateLimit::toString).containsExactly("5/h", "5/h");
	}

	@Test
	void eachQuietWhileRaisesItByAStepUntilItIsAsBefore() {
		ProviderPace pace = pace("gmail", "100/s");
		defer(pace, 10, BUSY);
		pass(Duration.ofMinutes(5).minusNanos(1));
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("100/s", "50/s");
		pass(Duration.ofNanos(1));
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("100/s", "60/s");
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("100/s", "60/s");
		for (int i = 0; i < 3; i++) {
			pass(Duration.ofMinutes(5));
			pace.limits();
		}
		assertThat(pace.state()).get().hasToString("slowed to 90/s for 20 min: " + BUSY);
		pass(Duration.ofMinutes(5));
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("100/s");
		assertThat(pace.state()).isEmpty();
	}

	@Test
	void aFurtherRunDuringTheRecoveryHalvesWhatItHasReached() {
		ProviderPace pace = pace("gmail", "100/s");
		defer(pace, 10, BUSY);
		pass(Duration.ofMinutes(5));
		pace.limits();
		defer(pace, 10, BUSY);
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("100/s", "30/s");
		pass(Duration.ofMinutes(5));
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("100/s", "40/s");
	}

	@Test
	void withoutAConfiguredRateTheOneSeenLatelyIsHalved() {
		ProviderPace pace = pace("gmail", null);
		for (int i = 0; i < 90 * 40; i++) {
			pace.accepted("gmail.com");
			pass(Duration.ofMillis(25));
		}
		defer(pace, 10, BUSY);
		assertThat(pace.limits()).extracting(RateLimit::toString).containsExactly("20/s");
		pass(Duration.ofMinutes(60));
		for (int i = 0; i < 5; i++) {
			pace.limits();
			pass(Duration.ofMinutes(5));
		}
		assertThat(pace.limits()).isEmpty();
	}

	@Test
	void processesShareTheSlowerRateToo() {
		ProviderPace pace = pace("gmail", "100/s");
		pace.share(5);
		defer(pace, 10, BUSY);
		RateLimit slower = pace.limits().get(1);
		for (int i = 0; i < 10; i++) {
			assertThat(slower.nanosUntilMail(0)).isZero();
			slower.stamp(0);
		}
		assertThat(slower.nanosUntilMail(0)).isPositive();
	}

	@Test
	void aProviderIsNeverPutOff() {
		ProviderPace pace = pace("gmail", "24/s");
		defer(pace, 100, BUSY);
		assertThat(pace.holdOff("gmail.com", this.now.get())).isZero();
	}

	@Test
	void withoutAProviderTheDomainAloneIsPutOff() {
		ProviderPace other = new ProviderPace(Provider.OTHER, PaceSettings.SLOW_DOWN, this.now::get);
		for (int i = 0; i < 9; i++) {
			other.deferred("a.example", BUSY);
			other.deferred("b.example", BUSY);
		}
		assertThat(other.holdOff("a.example", this.now.get())).isZero();
		other.deferred("a.example", BUSY);
		assertThat(other.limits()).isEmpty();
		assertThat(other.holdOff("a.example", this.now.get())).isEqualTo(Duration.ofMinutes(5));
		assertThat(other.holdOff("b.example", this.now.get())).isZero();
		pass(Duration.ofMinutes(2));
		assertThat(other.state()).get().hasToString("a.example put off for 3 min more: " + BUSY);
		pass(Duration.ofMinutes(3));
		assertThat(other.holdOff("a.example", this.now.get())).isZero();
		assertThat(other.state()).isEmpty();
	}

	@Test
	void eachFurtherRunPutsADomainOffForTwiceAsLongUpToAnHour() {
		ProviderPace other = new ProviderPace(Provider.OTHER, PaceSettings.SLOW_DOWN, this.now::get);
		for (int minutes : List.of(5, 10, 20, 40, 60, 60)) {
			for (int i = 0; i < 10; i++) {
				other.deferred("a.example", BUSY);
			}
			assertThat(other.holdOff("a.example", this.now.get())).isEqualTo(Duration.ofMinutes(minutes));
			pass(Duration.ofMinutes(minutes));
		}
		other.accepted("a.example");
		for (int i = 0; i < 10; i++) {
			other.deferred("a.example", BUSY);
		}
		assertThat(other.holdOff("a.example", this.now.get())).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void noMoreThanTenThousandDomainsAreRemembered() {
		ProviderPace other = new ProviderPace(Provider.OTHER, PaceSettings.SLOW_DOWN, this.now::get);
		for (int i = 0; i < 9; i++) {
			other.deferred("first.example", BUSY);
		}
		for (int i = 0; i < DeferringDomains.MAX_REMEMBERED; i++) {
			other.deferred(i + ".example", BUSY);
		}
		other.deferred("first.example", BUSY);
		assertThat(other.holdOff("first.example", this.now.get())).isZero();
	}

	@Test
	void severalDomainsAreCountedInOneLine() {
		ProviderPace other = new ProviderPace(Provider.OTHER, PaceSettings.SLOW_DOWN, this.now::get);
		for (String domain : List.of("a.example", "b.example", "c.example")) {
			for (int i = 0; i < 10; i++) {
				other.deferred(domain, "451 \r\n" + "x".repeat(200));
			}
		}
		assertThat(other.state()).get()
			.hasToString("c.example and 2 other domains put off for 5 min more: 451 " + "x".repeat(115) + "…");
	}

	@Test
	void allPacesAreFoundByTheLedgersCode() throws Exception {
		ProviderPaces paces = new ProviderPaces(new Providers(PackagedPacing.settings()), PaceSettings.SLOW_DOWN);
		assertThat(paces.ofCode(1).provider()).hasToString("gmail");
		assertThat(paces.ofCode(99).provider()).isSameAs(Provider.OTHER);
		assertThat(paces.states()).isEmpty();
		defer(paces.ofCode(19), 10, BUSY);
		paces.share(2);
		assertThat(paces.states()).hasToString("{yahoo-japan=slowed to 300/m for 0 s: " + BUSY + "}");
	}

	private ProviderPace pace(String name, @Nullable String rate) {
		return new ProviderPace(new Provider(1, name, null, (rate != null) ? Rate.of(rate) : null, null),
				PaceSettings.SLOW_DOWN, this.now::get);
	}

	private static void defer(ProviderPace pace, int times, String likeness) {
		for (int i = 0; i < times; i++) {
			pace.deferred("gmail.com", likeness);
		}
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

}
