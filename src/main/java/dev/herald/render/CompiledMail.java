package dev.herald.render;

import java.io.IOException;
import java.time.Clock;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.Subscriber;
import dev.herald.tracking.DeliveryLinks;
import jakarta.mail.MessagingException;

/**
 * A compiled issue: both renderings with their slots, and what the header fields need.
 *
 * @param listDomain what List-Id ends with
 */
record CompiledMail(String subject, Newsletter newsletter, SlottedText htmlText, SlottedText plainText,
		DeliveryLinks links, String listDomain, Clock clock) implements CompiledIssue {

	CompiledMail with(DeliveryLinks otherLinks) {
		return new CompiledMail(this.subject, this.newsletter, this.htmlText, this.plainText, otherLinks,
				this.listDomain, this.clock);
	}

	@Override
	public String html(Recipient recipient) {
		return this.htmlText.fill((slot) -> escape(value(slot, recipient)));
	}

	@Override
	public String text(Recipient recipient) {
		return this.plainText.fill((slot) -> value(slot, recipient));
	}

	private String value(Slot slot, Recipient recipient) {
		return switch (slot) {
			case UNSUBSCRIBE -> this.links.unsubscribe(recipient.delivery()).toString();
			case ADDRESS -> recipient.subscriber().address().value();
			case NAME -> MailHeaders.oneLine(recipient.subscriber().name());
		};
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

	@Override
	public OutgoingMessage message(Recipient recipient) {
		Subscriber subscriber = recipient.subscriber();
		try {
			// RFC 6532: an address that needs SMTPUTF8 on its envelope can't be written
			// in ASCII here either.
			boolean utf8 = subscriber.address().needsSmtpUtf8() || this.newsletter.sender().address().needsSmtpUtf8();
			MailMessage message = new MailMessage(this.links.messageId(recipient.delivery()), this.clock.instant(),
					utf8);
			setHeaders(message, recipient);
			byte[] content = message.write(text(recipient), html(recipient));
			return new OutgoingMessage(this.links.envelopeSender(recipient.delivery()), subscriber.address(), content);
		}
		catch (MessagingException | IOException ex) {
			throw new IllegalStateException("A message of strings can always be written", ex);
		}
	}

	private void setHeaders(MailMessage message, Recipient recipient) throws MessagingException {
		Subscriber subscriber = recipient.subscriber();
		message.setHeader("From", MailHeaders.mailbox("From", this.newsletter.sender()));
		message.setHeader("To", MailHeaders.mailbox("To", new Mailbox(subscriber.name(), subscriber.address())));
		if (this.newsletter.replyTo() != null) {
			message.setHeader("Reply-To", this.newsletter.replyTo().value());
		}
		message.setHeader("Subject", MailHeaders.unstructured("Subject", this.subject));
		message.setHeader("List-Id",
				MailHeaders.named("List-Id", this.newsletter.name(), this.newsletter.key() + "." + this.listDomain));
		// RFC 8058: this field alone shows mail readers their own unsubscribe button.
		message.setHeader("List-Unsubscribe", "<" + this.links.unsubscribe(recipient.delivery()) + ">");
		message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
		// Gmail's postmaster tools count complaints by these; no field names a person.
		message.setHeader("Feedback-ID",
				"%d:%s:herald".formatted(recipient.delivery().issueId(), this.newsletter.key()));
	}

}
