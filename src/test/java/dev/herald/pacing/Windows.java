package dev.herald.pacing;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a receiver would count. */
final class Windows {

	private Windows() {
	}

	/**
	 * No sliding window of one second, its ends included, has more than the limit.
	 * @param mails nanoseconds, in order
	 */
	static void check(List<Long> mails, int limit) {
		for (int i = limit; i < mails.size(); i++) {
			assertThat(mails.get(i) - mails.get(i - limit)).as("from MAIL %d to MAIL %d", i - limit, i)
				.isGreaterThan(1_000_000_000L);
		}
	}

}
