package dev.herald.dkim;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes signatures with one key. Thread-safe. A Signature that has the key is kept for
 * the next message: a new one each time halves the rate. Not in a ThreadLocal, which
 * would make one for every virtual thread; here there are as many as ever signed at once.
 */
final class Signatures {

	private static final Logger logger = LoggerFactory.getLogger(Signatures.class);

	private static final byte[] PROBE = { 'H', 'e', 'r', 'a', 'l', 'd' };

	private final ConcurrentLinkedQueue<Signature> idle = new ConcurrentLinkedQueue<>();

	private final DkimAlgorithm algorithm;

	private final PrivateKey key;

	private final @Nullable Provider provider;

	private Signatures(DkimAlgorithm algorithm, PrivateKey key, @Nullable Provider provider) {
		this.algorithm = algorithm;
		this.key = key;
		this.provider = provider;
	}

	/**
	 * By the preferred provider, where its signature is one in the eyes of the JDK; else
	 * by the JDK's.
	 * @throws GeneralSecurityException where that fails too: the parts of the key don't
	 * fit each other
	 */
	static Signatures of(DkimAlgorithm algorithm, PrivateKey key, @Nullable Provider preferred)
			throws GeneralSecurityException {
		PublicKey publicKey = algorithm.publicKey(key);
		if (preferred != null) {
			try {
				return new Signatures(algorithm, key, preferred).verified(publicKey);
			}
			catch (GeneralSecurityException | RuntimeException | LinkageError ex) {
				logger.debug("{} can't sign {}, so the JDK does", preferred.getName(), algorithm.tag(), ex);
			}
		}
		return new Signatures(algorithm, key, null).verified(publicKey);
	}

	private Signatures verified(PublicKey publicKey) throws GeneralSecurityException {
		byte[] signed = make(PROBE, PROBE.length);
		Signature verifier = Signature.getInstance(this.algorithm.signature());
		verifier.initVerify(publicKey);
		update(verifier, PROBE, PROBE.length);
		if (!verifier.verify(signed)) {
			throw new GeneralSecurityException("the public part does not verify what the private part signs");
		}
		return this;
	}

	/** The signature of the first octets. */
	byte[] sign(byte[] octets, int length) {
		try {
			return make(octets, length);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A key that has signed before signs again", ex);
		}
	}

	private byte[] make(byte[] octets, int length) throws GeneralSecurityException {
		Signature signature = this.idle.poll();
		if (signature == null) {
			signature = create();
		}
		update(signature, octets, length);
		byte[] made = signature.sign();
		// Only here: one that failed may be in any state.
		this.idle.offer(signature);
		return made;
	}

	private Signature create() throws GeneralSecurityException {
		Signature signature = (this.provider != null) ? Signature.getInstance(this.algorithm.signature(), this.provider)
				: Signature.getInstance(this.algorithm.signature());
		signature.initSign(this.key);
		return signature;
	}

	/** RFC 8463 section 3: Ed25519 signs the hash, as if it were the message. */
	private void update(Signature signature, byte[] octets, int length) throws GeneralSecurityException {
		switch (this.algorithm) {
			case RSA -> signature.update(octets, 0, length);
			case ED25519 -> {
				MessageDigest digest = NativeCrypto.sha256();
				digest.update(octets, 0, length);
				signature.update(digest.digest());
			}
		}
	}

	/** Who signs. */
	String providerName() {
		Signature signature = this.idle.peek();
		return (signature != null) ? signature.getProvider().getName() : "nobody";
	}

}
