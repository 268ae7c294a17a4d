package dev.herald.render;

import java.net.URI;

import dev.herald.address.EmailAddress;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import org.jspecify.annotations.Nullable;

/**
 * The links of a test: samples, but for a Message-ID of each mail's own, without which
 * mail programs show the second test as the first.
 *
 * @param nonce of the test
 */
record TestLinks(DeliveryLinks samples, String nonce) implements DeliveryLinks {

	@Override
	public URI unsubscribe(DeliveryKey delivery) {
		return this.samples.unsubscribe(delivery);
	}

	@Override
	public @Nullable EmailAddress unsubscribeByMail(DeliveryKey delivery) {
		return this.samples.unsubscribeByMail(delivery);
	}

	@Override
	public EmailAddress envelopeSender(DeliveryKey delivery) {
		return this.samples.envelopeSender(delivery);
	}

	@Override
	public String messageId(DeliveryKey delivery) {
		return "<%s.%s.%d@%s>".formatted(SAMPLE, this.nonce, delivery.subscriberId(),
				envelopeSender(delivery).domain());
	}

}
