package dev.herald.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

final class Sha256 {

	private Sha256() {
	}

	static MessageDigest begin() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
