package dev.herald.dkim;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

import dev.herald.problem.Problem;

/** Makes keys. */
public final class DkimKeys {

	private DkimKeys() {
	}

	/**
	 * Makes a key and writes it to a new file, which its owner alone can read.
	 * @param domain that signs, in its own script or as A-labels
	 * @param file in PEM (PKCS#8)
	 * @return what has to be in DNS before the key signs
	 * @throws Problem where a name is wrong, or the file exists or can't be written
	 */
	public static DkimRecord create(String domain, String selector, DkimAlgorithm algorithm, Path file) {
		KeyName name = KeyName.of("--domain", domain, "--selector", selector);
		try {
			KeyPair pair = algorithm.generate();
			new PrivateKeyFile(file).create(pair.getPrivate());
			return new DkimRecord(name.record(), algorithm.record(pair.getPublic()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java makes such keys", ex);
		}
	}

}
