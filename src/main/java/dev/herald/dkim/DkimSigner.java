package dev.herald.dkim;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.herald.dkim.HeaderBlock.SignedField;

/**
 * Signs the messages of one domain, with each of its keys. Immutable and thread-safe;
 * messages are neither kept nor changed.
 */
public final class DkimSigner {

	/**
	 * RFC 6376 section 5.4.1, RFC 8058 section 4, and what tells one issue from another.
	 * Sealed is what a reader sees or clicks, so that no second one can be added by
	 * somebody who sends the mail again.
	 */
	private static final List<SignedField> SIGNED = List.of(new SignedField("from", true), new SignedField("to", true),
			new SignedField("subject", true), new SignedField("date", true), new SignedField("message-id", false),
			new SignedField("reply-to", true), new SignedField("mime-version", false),
			new SignedField("content-type", true), new SignedField("content-transfer-encoding", false),
			new SignedField("list-id", false), new SignedField("list-unsubscribe", true),
			new SignedField("list-unsubscribe-post", true), new SignedField("feedback-id", false));

	/** For the canonical text of a signature field, beyond that of the header. */
	private static final int ROOM = 1024;

	private final List<SigningKey> keys;

	private final Clock clock;

	DkimSigner(List<SigningKey> keys, Clock clock) {
		this.keys = List.copyOf(keys);
		this.clock = clock;
	}

	/**
	 * Signs a message: CRLF line ends, not dot-stuffed, in its final transfer encoding.
	 * @param message header, an empty line, body
	 * @param bodyStart behind the empty line
	 * @param prefix of this body; {@link BodyPrefix#NONE} where nothing is shared
	 * @return a DKIM-Signature field a key, each folded and with its line end, to be put
	 * in front of the message
	 * @throws IllegalArgumentException where the header has a line that is no field, or
	 * the body does not begin with the prefix
	 */
	public byte[] sign(byte[] message, int bodyStart, BodyPrefix prefix) {
		return fields(message, bodyStart, prefix.hash(message, bodyStart, message.length));
	}

	/**
	 * The same for a message in two parts.
	 * @param header with or without the empty line
	 */
	public byte[] sign(byte[] header, byte[] body, BodyPrefix prefix) {
		return fields(header, header.length, prefix.hash(body, 0, body.length));
	}

	private byte[] fields(byte[] header, int headerEnd, byte[] bodyHash) {
		List<String> names = new ArrayList<>(24);
		CanonicalText text = new CanonicalText(headerEnd + ROOM);
		new HeaderBlock(header, headerEnd).select(SIGNED, names, text);
		long time = this.clock.instant().getEpochSecond();
		ByteArrayOutputStream fields = new ByteArrayOutputStream(ROOM);
		for (SigningKey key : this.keys) {
			fields.writeBytes(key.field(names, text, bodyHash, time));
		}
		return fields.toByteArray();
	}

}
