package dev.herald.dkim;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Keys that are made once for all tests, and signers that read them from files. */
final class TestKeys {

	static final KeyPair RSA = generate(DkimAlgorithm.RSA);

	static final KeyPair ED25519 = generate(DkimAlgorithm.ED25519);

	/** 1764129600 in seconds. */
	static final Clock NOW = Clock.fixed(Instant.parse("2025-11-26T04:00:00Z"), ZoneOffset.UTC);

	private TestKeys() {
	}

	private static KeyPair generate(DkimAlgorithm algorithm) {
		try {
			return algorithm.generate();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Path file(Path folder, KeyPair pair) {
		Path file = folder.resolve(UUID.randomUUID() + ".pem");
		new PrivateKeyFile(file).create(pair.getPrivate());
		return file;
	}

	/** The signer of news.example.org, whose selectors are s1, s2 and so on. */
	static DkimSigner signer(Path folder, KeyPair... pairs) {
		DkimSettings.Entry[] entries = new DkimSettings.Entry[pairs.length];
		for (int i = 0; i < pairs.length; i++) {
			entries[i] = new DkimSettings.Entry("news.example.org", "s" + (i + 1), file(folder, pairs[i]), null);
		}
		return new DkimSigners(new DkimSettings(List.of(entries)), NOW).forDomain("news.example.org").orElseThrow();
	}

}
