package dev.herald.tracking;

/**
 * Published when something shows that a delivery arrived at a mail server, whatever the
 * ledger says: an unsubscribe by its link, a bounce to its envelope sender. It settles an
 * uncertain delivery.
 */
public record DeliveryReceived(DeliveryKey delivery) {
}
