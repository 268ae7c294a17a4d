package dev.herald.render;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.herald.dkim.DkimSigner;
import dev.herald.issue.SourceWarning;
import dev.herald.newsletter.TrackingMode;
import dev.herald.tracking.DeliveryLinks;

/**
 * A compiled issue.
 *
 * @param fingerprint of all that goes out
 * @param warnings of reading its source
 * @param signed what signs a message, or nothing
 */
record CompiledMail(String subject, MailHeader header, MailBody body, DeliveryLinks links, Clock clock,
		String fingerprint, List<SourceWarning> warnings, Supplier<Cut> foundCut, EmbeddedPictures pictures,
		UnaryOperator<OutgoingMessage> signed) implements CompiledIssue {

	CompiledMail signed(DkimSigner signer) {
		MailSignature signature = MailSignature.of(signer, message(Samples.recipient()), sharedBodyPrefix());
		return new CompiledMail(this.subject, this.header, this.body, this.links, this.clock, this.fingerprint,
				this.warnings, this.foundCut, this.pictures, signature::sign);
	}

	@Override
	public String html(Recipient recipient) {
		return this.body.html(new RecipientValues(recipient, this.links)).text();
	}

	@Override
	public int htmlOctets(Recipient recipient) {
		String tracked = this.body.trackedHtml(new RecipientValues(recipient.consenting(), this.links)).text();
		return Math.max(HtmlSize.octets(html(recipient)), HtmlSize.octets(tracked));
	}

	@Override
	public String page(Recipient recipient) {
		return this.pictures.inline(html(recipient));
	}

	@Override
	public Cut cut() {
		return this.foundCut.get();
	}

	@Override
	public Optional<String> embedded(String address) {
		return this.pictures.addressOf(address);
	}

	@Override
	public String text(Recipient recipient) {
		return this.body.text(new RecipientValues(recipient, this.links)).text();
	}

	@Override
	public boolean tracksPersons() {
		return this.body.tracked().mode() == TrackingMode.PERSONS;
	}

	@Override
	public List<String> trackedLinks() {
		return this.body.tracked().targets();
	}

	@Override
	public int sharedBodyPrefix() {
		return this.body.sharedPrefix();
	}

	@Override
	public OutgoingMessage message(Recipient recipient) {
		RecipientValues values = new RecipientValues(recipient, this.links);
		String messageId = this.links.messageId(recipient.delivery());
		Pieces fields = this.header.of(values, messageId, this.clock.instant());
		fields.putAscii(this.links.providerFields(messageId));
		Pieces octets = this.body.of(values);
		int bodyOffset = fields.size() + 2;
		byte[] content = new byte[bodyOffset + octets.size()];
		fields.copyTo(content, 0);
		content[bodyOffset - 2] = '\r';
		content[bodyOffset - 1] = '\n';
		octets.copyTo(content, bodyOffset);
		return this.signed.apply(new OutgoingMessage(this.links.envelopeSender(recipient.delivery()),
				recipient.subscriber().address(), content, bodyOffset));
	}

}
