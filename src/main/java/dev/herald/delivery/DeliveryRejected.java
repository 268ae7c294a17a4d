package dev.herald.delivery;

import dev.herald.smtp.SmtpReply;
import dev.herald.tracking.DeliveryKey;

/**
 * The relay refused a recipient or a message for good. Published within the transaction
 * that records it: what a listener writes is committed with it or not at all.
 *
 * @param addressIsDead the reply says that there is no such mailbox: a hard bounce
 */
public record DeliveryRejected(DeliveryKey delivery, SmtpReply reply, boolean addressIsDead) {
}
