package dev.herald.render;

import dev.herald.address.EmailAddress;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import org.jspecify.annotations.Nullable;

/**
 * What a template sees of one recipient. Links are signed once a mail, at their first
 * use; not thread-safe.
 */
final class RecipientValues {

	private final Recipient recipient;

	private final DeliveryLinks links;

	private final String name;

	private @Nullable String unsubscribe;

	private @Nullable String tracking;

	RecipientValues(Recipient recipient, DeliveryLinks links) {
		this.recipient = recipient;
		this.links = links;
		this.name = MailHeaders.oneLine(recipient.subscriber().name());
	}

	String name() {
		return this.name;
	}

	String address() {
		return this.recipient.subscriber().address().value();
	}

	String unsubscribe() {
		if (this.unsubscribe == null) {
			this.unsubscribe = this.links.unsubscribe(this.recipient.delivery()).toString();
		}
		return this.unsubscribe;
	}

	/** Names this mail, or where the reader did not consent the mails of all. */
	String tracking() {
		if (this.tracking == null) {
			DeliveryKey delivery = this.recipient.delivery();
			this.tracking = this.links
				.tracking(this.recipient.tracked() ? delivery : new DeliveryKey(delivery.issueId(), 0));
		}
		return this.tracking;
	}

	@Nullable EmailAddress unsubscribeByMail() {
		return this.links.unsubscribeByMail(this.recipient.delivery());
	}

	Recipient recipient() {
		return this.recipient;
	}

	/** One value, or what is made of values: a function of the recipient alone. */
	interface Formula {

		String of(RecipientValues values);

	}

}
