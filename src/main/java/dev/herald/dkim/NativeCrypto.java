package dev.herald.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;

import dev.herald.digest.Sha256;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Amazon Corretto Crypto Provider, where it is on the class path, loads on this
 * platform and passes its own tests. It signs with RSA three times as fast as the JDK,
 * and hashes as fast in a Java machine that has just started as in one that has compiled
 * for a while. It is used for DKIM alone and not installed: TLS and the rest stay with
 * the JDK.
 */
final class NativeCrypto {

	private static final Logger logger = LoggerFactory.getLogger(NativeCrypto.class);

	private static final String NAME = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

	private static final @Nullable Provider PROVIDER = find();

	private NativeCrypto() {
	}

	/** Null where there is none. */
	static @Nullable Provider provider() {
		return PROVIDER;
	}

	/** The JDK's where there is no native one. Can be cloned in the middle of a text. */
	static MessageDigest sha256() {
		try {
			return (PROVIDER != null) ? MessageDigest.getInstance("SHA-256", PROVIDER) : Sha256.begin();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	/** By name, since builds for other platforms are without it. */
	private static @Nullable Provider find() {
		try {
			Class<?> type = Class.forName(NAME);
			Provider provider = (Provider) type.getField("INSTANCE").get(null);
			type.getMethod("assertHealthy").invoke(provider);
			return provider;
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			logger.debug("No native cryptography here, so the JDK's makes the DKIM signatures", ex);
			return null;
		}
	}

}
