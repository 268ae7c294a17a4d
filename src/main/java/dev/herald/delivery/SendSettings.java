package dev.herald.delivery;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The values of batch/send-issue.yaml.
 *
 * @param chunkSize deliveries that a worker takes from the ledger at a time
 * @param connections to the relay, one a worker
 * @param messagesPerSecond over all connections of this process; null means no limit
 * @param retry when a deferred delivery is tried again
 * @param deadline after a delivery's due time, when it expires
 * @param relayRetryLongest longest pause between two tries to reach the relay
 */
record SendSettings(@DefaultValue("50") @Min(1) @Max(1000) int chunkSize,
		@DefaultValue("4") @Min(1) @Max(100) int connections, @Nullable @Min(1) @Max(10_000) Integer messagesPerSecond,
		@DefaultValue @Valid Retry retry,
		@DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 30) Duration deadline,
		@DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration relayRetryLongest) {

	/**
	 * Exponential back-off: first, twice first, and so on up to longest.
	 */
	record Retry(@DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 24) Duration first,
			@DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(hours = 24) Duration longest) {

		/**
		 * The pause after the given number of attempts, of which there was at least one.
		 */
		Duration pauseAfter(int attempts) {
			int doublings = Math.min(Math.max(attempts, 1) - 1, 30);
			Duration pause = this.first.multipliedBy(1L << doublings);
			return (pause.compareTo(this.longest) < 0) ? pause : this.longest;
		}

	}

}
