package dev.herald.subscriber;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The values of batch/import-subscribers.yaml.
 *
 * @param chunkSize rows that go in by one transaction
 * @param keep how long a file that was uploaded is kept
 */
public record ImportSettings(@DefaultValue("2000") @Min(1) @Max(5000) int chunkSize,
		@DefaultValue("24h") @DurationMin(minutes = 10) @DurationMax(days = 30) Duration keep) {
}
