package dev.herald.tracking;

/** Names one delivery: its issue and its subscriber. */
public record DeliveryKey(int issueId, int subscriberId) {
}
