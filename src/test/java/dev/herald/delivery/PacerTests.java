package dev.herald.delivery;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacerTests {

	private static final long SECOND = 1_000_000_000L;

	@Test
	void messagesAreSpacedEvenly() {
		Pacer pacer = new Pacer(10);
		long now = System.nanoTime() + SECOND;
		assertThat(pacer.reserve(now)).isEqualTo(Duration.ZERO);
		assertThat(pacer.reserve(now)).isEqualTo(Duration.ofMillis(100));
		assertThat(pacer.reserve(now)).isEqualTo(Duration.ofMillis(200));
	}

	@Test
	void aPauseSavesNothingUp() {
		Pacer pacer = new Pacer(10);
		long now = System.nanoTime() + SECOND;
		pacer.reserve(now);
		long later = now + 60 * SECOND;
		assertThat(pacer.reserve(later)).isEqualTo(Duration.ZERO);
		assertThat(pacer.reserve(later)).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void withoutALimitNothingWaits() {
		Pacer pacer = new Pacer(null);
		for (int i = 0; i < 1_000; i++) {
			assertThat(pacer.reserve()).isEqualTo(Duration.ZERO);
		}
	}

}
