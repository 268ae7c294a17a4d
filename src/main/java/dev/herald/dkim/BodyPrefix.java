package dev.herald.dkim;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The beginning that the bodies of many messages share, hashed once. Immutable and
 * thread-safe.
 */
public final class BodyPrefix {

	/** For a body that shares nothing. */
	public static final BodyPrefix NONE = of(new byte[0]);

	private static final byte[] CRLF = { '\r', '\n' };

	private final byte[] shared;

	private final int hashedLength;

	private final MessageDigest hashed;

	private BodyPrefix(byte[] shared) {
		this.shared = shared;
		this.hashedLength = withoutLineEnds(shared);
		this.hashed = NativeCrypto.sha256();
		this.hashed.update(shared, 0, this.hashedLength);
	}

	/**
	 * @param beginning any number of first octets, in their transfer encoding, with CRLF
	 * line ends, not dot-stuffed; may end within a line or between CR and LF
	 */
	public static BodyPrefix of(byte[] beginning) {
		return new BodyPrefix(beginning.clone());
	}

	/**
	 * Line ends at the seam wait: whether they end the body, and count once, is known
	 * only with the rest.
	 */
	private static int withoutLineEnds(byte[] octets) {
		int end = octets.length;
		while (end > 0 && (octets[end - 1] == '\n' || octets[end - 1] == '\r')) {
			end--;
		}
		return end;
	}

	/**
	 * SHA-256 of a body in the canonicalization "simple" (RFC 6376 section 3.4.3):
	 * however many line ends it ends with, none included, one is hashed.
	 * @throws IllegalArgumentException where the body begins otherwise: its signature
	 * would be wrong, as might be those of the whole send. Comparing takes a fortieth of
	 * the time of hashing.
	 */
	byte[] hash(byte[] octets, int start, int end) {
		int length = this.shared.length;
		if (end - start < length || !Arrays.equals(octets, start, start + length, this.shared, 0, length)) {
			throw new IllegalArgumentException("The body does not begin with the prefix that was hashed");
		}
		int last = end;
		while (last - start >= 2 && octets[last - 2] == '\r' && octets[last - 1] == '\n') {
			last -= 2;
		}
		MessageDigest digest = continued();
		digest.update(octets, start + this.hashedLength, last - start - this.hashedLength);
		return digest.digest(CRLF);
	}

	/** Providers promise nothing about a digest that is cloned by two threads at once. */
	private MessageDigest continued() {
		synchronized (this.hashed) {
			try {
				return (MessageDigest) this.hashed.clone();
			}
			catch (CloneNotSupportedException ex) {
				throw new IllegalStateException("SHA-256 can be cloned, the JDK's and the native one", ex);
			}
		}
	}

}
