package dev.herald.delivery;

import java.time.Duration;

import dev.herald.pacing.PacingSettings;
import dev.herald.pacing.Rate;
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
 * @param chunkSize deliveries that are read from the ledger at a time
 * @param connections to each relay that does not say how many
 * @param rate of the whole installation; null means no limit
 * @param newsletterRate of each newsletter; null means no limit
 * @param retry when a deferred delivery is tried again
 * @param deadline after a delivery's due time, when it expires
 * @param grace after its planned time, within which a send may start by itself
 * @param relayRetryLongest longest pause between two tries to reach the relay
 * @param pacing providers, slowing down, the brake, warm-up
 */
record SendSettings(@DefaultValue("500") @Min(1) @Max(5000) int chunkSize,
		@DefaultValue("4") @Min(1) @Max(100) int connections, @Nullable Rate rate, @Nullable Rate newsletterRate,
		@DefaultValue @Valid Retry retry,
		@DefaultValue("24h") @DurationMin(minutes = 1) @DurationMax(days = 30) Duration deadline,
		@DefaultValue("1h") @DurationMin(minutes = 1) @DurationMax(days = 7) Duration grace,
		@DefaultValue("1m") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration relayRetryLongest,
		@DefaultValue @Valid PacingSettings pacing) {

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
