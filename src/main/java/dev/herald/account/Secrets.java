package dev.herald.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

import dev.herald.digest.Sha256;

/** Random secrets, and the form in which they are kept. */
final class Secrets {

	private static final SecureRandom RANDOM = new SecureRandom();

	private Secrets() {
	}

	static byte[] random(int bytes) {
		byte[] random = new byte[bytes];
		RANDOM.nextBytes(random);
		return random;
	}

	/** In hexadecimal; enough for what is random, too fast for passwords. */
	static String sha256(String text) {
		return Sha256.hex(text);
	}

	/** In a time that tells nothing of where they differ. */
	static boolean equal(String one, String other) {
		return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

}
