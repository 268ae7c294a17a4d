package dev.herald.web;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator app (RFC 6238) with the secret that was typed into it. */
final class Authenticator {

	private final byte[] secret;

	Authenticator(String typed) {
		StringBuilder bits = new StringBuilder();
		for (char letter : typed.replace(" ", "").toCharArray()) {
			String five = Integer.toBinaryString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter));
			bits.append("0".repeat(5 - five.length())).append(five);
		}
		this.secret = new byte[bits.length() / 8];
		for (int i = 0; i < this.secret.length; i++) {
			this.secret[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
		}
	}

	String code() {
		try {
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(this.secret, "RAW"));
			long step = Instant.now().getEpochSecond() / 30;
			byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
			int number = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & 0x7fffffff;
			return String.format(Locale.ROOT, "%06d", number % 1_000_000);
		}
		catch (GeneralSecurityException ex) {
			throw new AssertionError(ex);
		}
	}

}
