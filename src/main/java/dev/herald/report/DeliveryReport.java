package dev.herald.report;

import java.time.Instant;
import java.util.List;

import dev.herald.bounce.BounceWaves.Wave;
import dev.herald.bounce.Bounces.BounceCount;
import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.Send;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one issue.
 *
 * @param sentence the one line on top that a person would say
 * @param send the latest send
 * @param heldWaves hard bounces that came in a wave and wait for a decision
 * @param unsubscribed readers who left by this links
 * @param complaints readers who reported it as spam
 */
public record DeliveryReport(String newsletterKey, String slug, String title, String sentence, @Nullable Send send,
		DeliveryCounts counts, List<BounceCount> bounces, List<Wave> heldWaves, int unsubscribed, int complaints,
		@Nullable Instant firstAccepted, @Nullable Instant lastAccepted) {
}
