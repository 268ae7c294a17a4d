package dev.herald.tracking;

import java.net.URI;

import dev.herald.address.EmailAddress;

/**
 * What in a mail names its delivery, all signed and opaque: links and the VERP envelope
 * sender. Thread-safe.
 */
public interface DeliveryLinks {

	/** The page that offers to unsubscribe on GET, and does it on POST (RFC 8058). */
	URI unsubscribe(DeliveryKey delivery);

	/** The envelope sender that brings a bounce home: {@code bounce+TOKEN@domain}. */
	EmailAddress envelopeSender(DeliveryKey delivery);

	/** The same for every attempt at this delivery: {@code <TOKEN@domain>}. */
	String messageId(DeliveryKey delivery);

}
