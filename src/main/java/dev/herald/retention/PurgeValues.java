package dev.herald.retention;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The values of batch/purge.yaml.
 *
 * @param every between the end of one run and the next
 * @param tracking how long it is kept who opened and clicked what, from the end of an
 * issue's last send
 * @param unconfirmed how long a subscription may wait for its confirmation
 * @param requests how long it is kept what readers asked for on their preferences page
 * @param chunkSize rows deleted in one transaction
 */
record PurgeValues(@DefaultValue("24h") @DurationMin(hours = 1) @DurationMax(days = 7) Duration every,
		@DefaultValue("395d") @DurationMin(days = 1) @DurationMax(days = 3650) Duration tracking,
		@DefaultValue("30d") @DurationMin(days = 1) @DurationMax(days = 3650) Duration unconfirmed,
		@DefaultValue("30d") @DurationMin(days = 7) @DurationMax(days = 3650) Duration requests,
		@DefaultValue("1000") @Min(1) @Max(10_000) int chunkSize) {
}
