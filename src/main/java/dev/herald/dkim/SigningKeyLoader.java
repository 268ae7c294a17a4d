package dev.herald.dkim;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.RSAKey;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a key of an entry of herald.dkim.
 *
 * @param setting the entry's name, such as herald.dkim[0]
 */
record SigningKeyLoader(String setting, DkimSettings.Entry entry) {

	private static final Logger logger = LoggerFactory.getLogger(SigningKeyLoader.class);

	/** RFC 8301 section 3.2: verifiers must not take less. */
	private static final int LEAST_RSA_BITS = 1024;

	/**
	 * @throws Problem naming setting, value or file, and what to do
	 */
	SigningKey load(@Nullable Provider preferred) {
		KeyName name = KeyName.of(this.setting + ".domain", this.entry.domain(), this.setting + ".selector",
				this.entry.selector());
		String identity = identity(name.domain());
		PrivateKeyFile file = new PrivateKeyFile(path());
		String fileSetting = this.setting + ".private-key-file";
		PrivateKey key = file.read(fileSetting);
		if (file.readableByOthers()) {
			logger.warn(
					"{}: others than its owner can read {}. Whoever has the key signs in the name of {}: chmod 600.",
					fileSetting, file.path(), name.domain());
		}
		if (key instanceof RSAKey rsa) {
			checkStrength(fileSetting, file.path(), rsa.getModulus().bitLength());
		}
		return signingKey(name, identity, key, preferred);
	}

	private Path path() {
		Path path = this.entry.privateKeyFile();
		if (path == null || path.toString().isBlank()) {
			throw Problem
				.usage("%s.private-key-file must name the file of the private key. 'herald dkim create' makes one."
					.formatted(this.setting));
		}
		return path;
	}

	/** RFC 6376 section 3.5: i= is in d= or below it. */
	private @Nullable String identity(String domain) {
		String identity = this.entry.identity();
		if (identity == null || identity.isBlank()) {
			return null;
		}
		boolean bare = identity.startsWith("@");
		try {
			EmailAddress address = EmailAddress.parse(bare ? "dkim" + identity : identity);
			boolean plain = address.localPart().matches("[A-Za-z0-9.+_-]+");
			if (plain && (address.domain().equals(domain) || address.domain().endsWith("." + domain))) {
				return (bare ? "" : address.localPart()) + "@" + address.domain();
			}
		}
		catch (InvalidAddressException ex) {
			// Said below.
		}
		throw Problem.usage("%s.identity must be an address in %s or below it, or @ and such a domain, not '%s'."
			.formatted(this.setting, domain, identity));
	}

	private static void checkStrength(String setting, Path file, int bits) {
		if (bits < LEAST_RSA_BITS) {
			throw Problem.work(
					"%s: %s holds an RSA key of %d bits. Receivers take none under %d. Make another with 'herald dkim create'."
						.formatted(setting, file, bits, LEAST_RSA_BITS));
		}
		if (bits < DkimAlgorithm.RSA_BITS) {
			logger.warn("{}: {} holds an RSA key of {} bits. Sign with at least {} (RFC 8301).", setting, file, bits,
					DkimAlgorithm.RSA_BITS);
		}
	}

	private SigningKey signingKey(KeyName name, @Nullable String identity, PrivateKey key,
			@Nullable Provider preferred) {
		DkimAlgorithm algorithm = (key instanceof RSAKey) ? DkimAlgorithm.RSA : DkimAlgorithm.ED25519;
		try {
			DkimRecord published = new DkimRecord(name.record(), algorithm.record(algorithm.publicKey(key)));
			return new SigningKey(name, identity, algorithm, Signatures.of(algorithm, key, preferred), published);
		}
		catch (GeneralSecurityException ex) {
			throw new Problem(Problem.Kind.WORK,
					"%s.private-key-file: the key in %s is damaged: it can't sign. Restore it from the backup, or make another with 'herald dkim create'."
						.formatted(this.setting, this.entry.privateKeyFile()),
					ex);
		}
	}

}
