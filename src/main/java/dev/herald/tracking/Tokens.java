package dev.herald.tracking;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * Writes and reads tokens: 40 characters that name a delivery, or another row by its
 * number, for one purpose. Neither id can be read from them nor a valid one be made
 * without a key. Deterministic, so that every attempt at a delivery carries the same.
 * Thread-safe.
 * <p>
 * The form is that of a synthetic initialisation vector (RFC 5297 has the idea): a tag of
 * 128 bits over key id, purpose and payload, then the payload under a pad made from the
 * tag.
 */
@Component
class Tokens {

	static final int LENGTH = 40;

	private static final int TAG_BYTES = 16;

	private static final int PAYLOAD_BYTES = 8;

	private final SigningKeys keys;

	Tokens(SigningKeys keys) {
		this.keys = keys;
	}

	String write(TokenPurpose purpose, DeliveryKey delivery) {
		return writeNumber(purpose, ((long) delivery.issueId() << 32) | (delivery.subscriberId() & 0xffff_ffffL));
	}

	String writeNumber(TokenPurpose purpose, long number) {
		SigningKey key = this.keys.newest();
		byte[] payload = ByteBuffer.allocate(PAYLOAD_BYTES).putLong(number).array();
		byte[] tag = tag(key, purpose, payload);
		return Base32.write(ByteBuffer.allocate(1 + TAG_BYTES + PAYLOAD_BYTES)
			.put((byte) key.id())
			.put(tag)
			.put(xor(payload, key.pad(tag, PAYLOAD_BYTES)))
			.array());
	}

	/** Empty for whatever was not written here for this purpose. */
	Optional<DeliveryKey> read(TokenPurpose purpose, String token) {
		return readNumber(purpose, token).map((number) -> new DeliveryKey((int) (number >> 32), number.intValue()));
	}

	Optional<Long> readNumber(TokenPurpose purpose, String token) {
		if (token.length() != LENGTH) {
			return Optional.empty();
		}
		return Base32.read(token)
			.flatMap((bytes) -> this.keys.byId(bytes[0] & 0xff).flatMap((key) -> open(key, purpose, bytes)));
	}

	private static Optional<Long> open(SigningKey key, TokenPurpose purpose, byte[] bytes) {
		byte[] tag = Arrays.copyOfRange(bytes, 1, 1 + TAG_BYTES);
		byte[] payload = xor(Arrays.copyOfRange(bytes, 1 + TAG_BYTES, bytes.length), key.pad(tag, PAYLOAD_BYTES));
		if (!MessageDigest.isEqual(tag, tag(key, purpose, payload))) {
			return Optional.empty();
		}
		return Optional.of(ByteBuffer.wrap(payload).getLong());
	}

	private static byte[] tag(SigningKey key, TokenPurpose purpose, byte[] payload) {
		return key.tag(ByteBuffer.allocate(2 + PAYLOAD_BYTES)
			.put((byte) key.id())
			.put((byte) purpose.code())
			.put(payload)
			.array(), TAG_BYTES);
	}

	private static byte[] xor(byte[] left, byte[] right) {
		byte[] result = new byte[left.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = (byte) (left[i] ^ right[i]);
		}
		return result;
	}

}
