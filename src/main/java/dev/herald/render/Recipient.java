package dev.herald.render;

import dev.herald.subscriber.Subscriber;
import dev.herald.tracking.DeliveryKey;

/** Whom a compiled issue is rendered for. */
public record Recipient(DeliveryKey delivery, Subscriber subscriber) {
}
