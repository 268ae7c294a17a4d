package dev.herald.tracking;

import java.net.URI;

import dev.herald.address.EmailAddress;
import dev.herald.settings.Installation;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What in a mail that is no issue of a send names its reader's subscription: it has no
 * row in the ledger that a token could name. Thread-safe.
 */
@Component
public class SubscriptionLinks {

	private final Tokens tokens;

	private final Installation installation;

	SubscriptionLinks(Tokens tokens, Installation installation) {
		this.tokens = tokens;
		this.installation = installation;
	}

	/** Works as the link in an issue does, for as long. */
	public URI unsubscribe(SubscriptionKey subscription) {
		return URI.create(this.installation.baseUrl() + "/u/" + this.tokens.write(TokenPurpose.SUBSCRIPTION,
				new DeliveryKey(subscription.newsletterId(), subscription.subscriberId())));
	}

	/** Where its reader chooses; works as long. */
	public URI preferences(SubscriptionKey subscription) {
		return URI.create(unsubscribe(subscription) + "/preferences");
	}

	/** Reports about it come back to an address that names nobody. */
	public EmailAddress envelopeSender() {
		return sender(DeliveryLinks.NOTICE);
	}

	private EmailAddress sender(String name) {
		EmailAddress bounces = EmailAddress.parse(this.installation.bounceAddress());
		return new EmailAddress(bounces.localPart() + "+" + name + "@" + bounces.domain());
	}

	/**
	 * @param id of letters and digits, the same for each attempt at this mail
	 */
	public String messageId(String id) {
		return "<" + DeliveryLinks.NOTICE + "." + id + "@" + envelopeSender().domain() + ">";
	}

	/** Reports about the mail that answers a sign-up name it. */
	public EmailAddress signUpSender(long signUp) {
		return sender(this.tokens.writeNumber(TokenPurpose.SIGN_UP_MAIL, signUp));
	}

	/** The same for each attempt at the mail that answers a sign-up. */
	public String signUpMessageId(long signUp) {
		return "<" + this.tokens.writeNumber(TokenPurpose.SIGN_UP_MAIL, signUp) + "@" + envelopeSender().domain() + ">";
	}

	/** For an issue that is mailed to a subscriber outside of any send. */
	public DeliveryLinks outsideOfSends(int newsletterId, String id) {
		return new DeliveryLinks() {

			@Override
			public URI unsubscribe(DeliveryKey delivery) {
				return SubscriptionLinks.this.unsubscribe(new SubscriptionKey(newsletterId, delivery.subscriberId()));
			}

			@Override
			public @Nullable EmailAddress unsubscribeByMail(DeliveryKey delivery) {
				return null;
			}

			@Override
			public EmailAddress envelopeSender(DeliveryKey delivery) {
				return SubscriptionLinks.this.envelopeSender();
			}

			@Override
			public String messageId(DeliveryKey delivery) {
				return SubscriptionLinks.this.messageId(id);
			}

		};
	}

}
