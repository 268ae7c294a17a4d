package dev.herald.tracking;

import java.net.URI;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

@Component
class SignedDeliveryLinks implements DeliveryLinks {

	/** RFC 5321 section 4.5.3.1.1: 64 octets, less a plus sign and the token. */
	private static final int MAX_LOCAL_PART = 64 - 1 - Tokens.LENGTH;

	private final Tokens tokens;

	private final String unsubscribeBase;

	private final String localPart;

	private final String domain;

	private final boolean byMail;

	private final ProviderFields providerFields;

	/** Of the issue that it was asked for last. */
	private volatile @Nullable Nobodys nobodys;

	/**
	 * @throws Problem when the bounce address leaves no room for a token
	 */
	SignedDeliveryLinks(Tokens tokens, Installation installation, WaysBack waysBack, ProviderFields providerFields) {
		this.tokens = tokens;
		this.unsubscribeBase = installation.baseUrl() + "/u/";
		EmailAddress bounces = EmailAddress.parse(installation.bounceAddress());
		if (bounces.localPart().length() > MAX_LOCAL_PART || bounces.localPart().startsWith("\"")
				|| bounces.needsSmtpUtf8()) {
			throw Problem.usage(
					"herald.bounce-address is %s: before the @ it needs at most %d plain ASCII characters, since a token of %d follows there."
						.formatted(bounces, MAX_LOCAL_PART, Tokens.LENGTH));
		}
		this.localPart = bounces.localPart();
		this.domain = bounces.domain();
		this.byMail = waysBack.takeMails();
		this.providerFields = providerFields;
	}

	@Override
	public String tracking(DeliveryKey delivery) {
		return (delivery.subscriberId() == 0) ? nobodys(delivery) : this.tokens.write(TokenPurpose.TRACKING, delivery);
	}

	/** Signed once for all mails of an issue. */
	private String nobodys(DeliveryKey issue) {
		Nobodys known = this.nobodys;
		if (known == null || !known.issue().equals(issue)) {
			known = new Nobodys(issue, this.tokens.write(TokenPurpose.TRACKING, issue));
			this.nobodys = known;
		}
		return known.token();
	}

	@Override
	public URI unsubscribe(DeliveryKey delivery) {
		return URI.create(this.unsubscribeBase + this.tokens.write(TokenPurpose.UNSUBSCRIBE, delivery));
	}

	/** The bounce address again: the one name that is known to come to the mailbox. */
	@Override
	public @Nullable EmailAddress unsubscribeByMail(DeliveryKey delivery) {
		return this.byMail ? address(TokenPurpose.UNSUBSCRIBE_BY_MAIL, delivery) : null;
	}

	@Override
	public EmailAddress envelopeSender(DeliveryKey delivery) {
		return address(TokenPurpose.ENVELOPE_SENDER, delivery);
	}

	/** Not parsed for each recipient: all of it was checked when Herald started. */
	private EmailAddress address(TokenPurpose purpose, DeliveryKey delivery) {
		return new EmailAddress(this.localPart + "+" + this.tokens.write(purpose, delivery) + "@" + this.domain);
	}

	@Override
	public String messageId(DeliveryKey delivery) {
		return "<" + this.tokens.write(TokenPurpose.MESSAGE_ID, delivery) + "@" + this.domain + ">";
	}

	@Override
	public String providerFields(String messageId) {
		return this.providerFields.with(messageId.substring(1, messageId.indexOf('@')));
	}

	private record Nobodys(DeliveryKey issue, String token) {
	}

}
