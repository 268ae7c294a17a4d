package dev.herald.delivery;

import java.time.Instant;

/**
 * Seconds since 2020-01-01T00:00:00Z, as the ledger's INT columns keep them: they last
 * until 2088.
 */
final class LedgerTime {

	private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();

	private LedgerTime() {
	}

	static int of(Instant instant) {
		return Math.toIntExact(instant.getEpochSecond() - EPOCH);
	}

	static Instant read(int seconds) {
		return Instant.ofEpochSecond(EPOCH + seconds);
	}

}
