package dev.herald.delivery;

/**
 * Many deliveries of an issue change at once after their send was over: a later send
 * takes them over, or a person decides on them. Published within the transaction that
 * does it: sums of the issue that a listener keeps have to be thrown away there.
 */
public record DeliveriesMoved(int issueId) {
}
