package dev.herald.account;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238): six digits, SHA-1, steps of 30 s, which is
 * what every authenticator app takes for granted.
 */
final class Totp {

	/** As long as the output of SHA-1 (RFC 4226 section 4, R6). */
	static final int SECRET_BYTES = 20;

	private static final int STEP_SECONDS = 30;

	/** One step to either side, for clocks and for typing (RFC 6238 section 5.2). */
	private static final int DRIFT = 1;

	private Totp() {
	}

	/** The step whose code was typed, among the present one and its neighbours. */
	static OptionalLong stepOf(byte[] secret, String typed, Instant now) {
		long present = Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
		OptionalLong found = OptionalLong.empty();
		for (long step = present - DRIFT; step <= present + DRIFT; step++) {
			if (Secrets.equal(code(secret, step), typed)) {
				found = OptionalLong.of(step);
			}
		}
		return found;
	}

	static String code(byte[] secret, long step) {
		byte[] hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
		// RFC 4226 section 5.3: the last four bits say where the 31 bits are taken from.
		int offset = hash[hash.length - 1] & 0xf;
		int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fffffff;
		return String.format(Locale.ROOT, "%06d", number % 1_000_000);
	}

	private static byte[] hmac(byte[] secret, byte[] message) {
		try {
			Mac mac = Mac.getInstance("HmacSHA1");
			mac.init(new SecretKeySpec(secret, "RAW"));
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has HmacSHA1", ex);
		}
	}

}
