package dev.herald.render;

import java.util.Arrays;

import dev.herald.dkim.BodyPrefix;
import dev.herald.dkim.DkimSigner;

/**
 * A compiled issue whose messages are signed (DKIM). What their bodies share is hashed
 * once.
 *
 * @param prefix of every body
 */
record SignedIssue(CompiledIssue issue, DkimSigner signer, BodyPrefix prefix) implements DelegatingIssue {

	static SignedIssue of(CompiledIssue issue, DkimSigner signer) {
		OutgoingMessage sample = issue.message(Samples.recipient());
		int start = sample.bodyOffset();
		return new SignedIssue(issue, signer,
				BodyPrefix.of(Arrays.copyOfRange(sample.content(), start, start + issue.sharedBodyPrefix())));
	}

	@Override
	public OutgoingMessage message(Recipient recipient) {
		OutgoingMessage plain = this.issue.message(recipient);
		byte[] fields = this.signer.sign(plain.content(), plain.bodyOffset(), this.prefix);
		byte[] content = Arrays.copyOf(fields, fields.length + plain.content().length);
		System.arraycopy(plain.content(), 0, content, fields.length, plain.content().length);
		return new OutgoingMessage(plain.envelopeSender(), plain.recipient(), content,
				plain.bodyOffset() + fields.length);
	}

}
