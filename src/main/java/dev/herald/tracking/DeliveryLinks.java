package dev.herald.tracking;

import java.net.URI;

import dev.herald.address.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * What in a mail names its delivery, all signed and opaque: links and the VERP envelope
 * sender. Thread-safe.
 */
public interface DeliveryLinks {

	/**
	 * Where previews and tests have a token: it names nobody, and can be none, being too
	 * short.
	 */
	String SAMPLE = "SAMPLE";

	/** The same in mails that are no issue, where they would name a delivery. */
	String NOTICE = "NOTICE";

	/**
	 * Names a mail in its links and its pixel, where it is tracked; nobody's, which all
	 * readers' mails have, for subscriber 0.
	 */
	default String tracking(DeliveryKey delivery) {
		return SAMPLE;
	}

	/** The page that offers to unsubscribe on GET, and does it on POST (RFC 8058). */
	URI unsubscribe(DeliveryKey delivery);

	/**
	 * A mail to it ends the subscription (RFC 2369 section 3.2); null where nobody would
	 * read that mail.
	 */
	@Nullable EmailAddress unsubscribeByMail(DeliveryKey delivery);

	/** The envelope sender that brings a bounce home: {@code bounce+TOKEN@domain}. */
	EmailAddress envelopeSender(DeliveryKey delivery);

	/** The same for every attempt at this delivery: {@code <TOKEN@domain>}. */
	String messageId(DeliveryKey delivery);

	/**
	 * Whole header fields, each with its end of line, in which providers of relays get
	 * the token of the Message-ID, as they replace that or leave it out of what they
	 * tell.
	 * @param messageId of {@link #messageId}
	 */
	default String providerFields(String messageId) {
		return "";
	}

}
