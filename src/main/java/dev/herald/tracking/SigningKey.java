package dev.herald.tracking;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import dev.herald.digest.Sha256;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One installation key and what is derived from it: a key for tags and one for hiding.
 * Immutable and thread-safe. Its text never shows the secret.
 */
final class SigningKey {

	static final int SECRET_BYTES = 32;

	/** The first byte of a token names its key. */
	static final int MAX_ID = 255;

	private static final String HMAC = "HmacSHA256";

	private final int id;

	private final String fingerprint;

	private final SecretKeySpec tagKey;

	private final SecretKeySpec hidingKey;

	SigningKey(int id, byte[] secret) {
		if (id < 1 || id > MAX_ID) {
			throw new IllegalArgumentException("A key's id is 1 to " + MAX_ID + ", not " + id);
		}
		this.id = id;
		this.tagKey = derive(secret, "herald token tag");
		this.hidingKey = derive(secret, "herald token hiding");
		this.fingerprint = fingerprint(secret);
	}

	private static SecretKeySpec derive(byte[] secret, String use) {
		return new SecretKeySpec(hmac(new SecretKeySpec(secret, HMAC), use.getBytes(StandardCharsets.US_ASCII)), HMAC);
	}

	private static byte[] hmac(SecretKeySpec key, byte[] input) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(key);
			return mac.doFinal(input);
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException("Every Java has " + HMAC, ex);
		}
	}

	/** Tells two secrets apart without giving either away. */
	static String fingerprint(byte[] secret) {
		MessageDigest sha256 = Sha256.begin();
		sha256.update("herald key fingerprint".getBytes(StandardCharsets.US_ASCII));
		return HexFormat.of().formatHex(sha256.digest(secret), 0, 8);
	}

	byte[] tag(byte[] input, int length) {
		return Arrays.copyOf(hmac(this.tagKey, input), length);
	}

	/** A stream of bytes to hide a payload under, of at most 32 bytes. */
	byte[] pad(byte[] tag, int length) {
		return Arrays.copyOf(hmac(this.hidingKey, tag), length);
	}

	int id() {
		return this.id;
	}

	String fingerprint() {
		return this.fingerprint;
	}

	@Override
	public String toString() {
		return "key " + this.id + " (" + this.fingerprint + ")";
	}

}
