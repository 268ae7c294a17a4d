package dev.herald.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java platform has. Thread-safe. */
public final class Sha256 {

	private Sha256() {
	}

	/** For what comes in pieces; one that has begun is not for several threads. */
	public static MessageDigest begin() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	public static byte[] of(byte[] octets) {
		return begin().digest(octets);
	}

	/** Of the text in UTF-8. */
	public static byte[] of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/** In hexadecimal, 64 digits in lower case. */
	public static String hex(byte[] octets) {
		return HexFormat.of().formatHex(of(octets));
	}

	/** Of the text in UTF-8, likewise. */
	public static String hex(String text) {
		return HexFormat.of().formatHex(of(text));
	}

}
