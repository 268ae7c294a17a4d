package dev.herald.tracking;

/** Names a subscription. */
public record SubscriptionKey(int newsletterId, int subscriberId) {
}
