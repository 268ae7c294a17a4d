package dev.herald.subscriber;

public record SubscriptionCounts(int pending, int active, int unsubscribed, int paused) {
}
