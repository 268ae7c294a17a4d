package dev.herald.tracking;

/** Fingerprints of signing keys, for tests of other modules. */
public final class TestFingerprints {

	private TestFingerprints() {
	}

	public static String of(byte[] secret) {
		return SigningKey.fingerprint(secret);
	}

}
