package dev.herald.render;

import java.util.Arrays;

import dev.herald.dkim.BodyPrefix;
import dev.herald.dkim.DkimSigner;

/**
 * Signs the messages of an issue (DKIM). What their bodies share is hashed once.
 * Thread-safe.
 *
 * @param prefix of every body
 */
record MailSignature(DkimSigner signer, BodyPrefix prefix) {

	/**
	 * @param shared how many octets the bodies of all messages have in common
	 */
	static MailSignature of(DkimSigner signer, OutgoingMessage sample, int shared) {
		int start = sample.bodyOffset();
		return new MailSignature(signer, BodyPrefix.of(Arrays.copyOfRange(sample.content(), start, start + shared)));
	}

	OutgoingMessage sign(OutgoingMessage plain) {
		byte[] fields = this.signer.sign(plain.content(), plain.bodyOffset(), this.prefix);
		byte[] content = Arrays.copyOf(fields, fields.length + plain.content().length);
		System.arraycopy(plain.content(), 0, content, fields.length, plain.content().length);
		return new OutgoingMessage(plain.envelopeSender(), plain.recipient(), content,
				plain.bodyOffset() + fields.length);
	}

}
