package dev.herald.bounce;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The values of batch/collect-bounces.yaml.
 *
 * @param every between the end of one run and the next
 * @param chunkSize mails that are recorded in one transaction, and put away after it
 * @param mailsPerRun of a mailbox, at most; the rest is read in the next run
 * @param policy what follows from bounces
 */
record CollectBouncesValues(@DefaultValue("1m") @DurationMin(seconds = 5) Duration every,
		@DefaultValue("50") @Min(1) @Max(500) int chunkSize,
		@DefaultValue("5000") @Min(1) @Max(1_000_000) int mailsPerRun, @DefaultValue @Valid BouncePolicy policy) {
}
