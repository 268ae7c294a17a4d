package dev.herald.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** How a key signs; both over SHA-256 (RFC 8301 section 3.1: SHA-1 is no more). */
public enum DkimAlgorithm {

	/** Every receiver verifies it. */
	RSA("rsa", "SHA256withRSA") {
		@Override
		KeyPair generate() throws GeneralSecurityException {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(RSA_BITS);
			return generator.generateKeyPair();
		}

		@Override
		PublicKey publicKey(PrivateKey privateKey) throws GeneralSecurityException {
			RSAPrivateCrtKey key = (RSAPrivateCrtKey) privateKey;
			return KeyFactory.getInstance("RSA")
				.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
		}

		/** A SubjectPublicKeyInfo, as receivers read it (RFC 6376, erratum 3017). */
		@Override
		byte[] published(PublicKey publicKey) {
			return publicKey.getEncoded();
		}
	},

	/** RFC 8463: short and quick, but not every receiver knows it. */
	ED25519("ed25519", "Ed25519") {
		@Override
		KeyPair generate() throws GeneralSecurityException {
			return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
		}

		/** The JDK makes a pair of 32 random octets, so of these it makes this pair. */
		@Override
		PublicKey publicKey(PrivateKey privateKey) throws GeneralSecurityException {
			byte[] seed = ((EdECPrivateKey) privateKey).getBytes()
				.orElseThrow(() -> new GeneralSecurityException("the key is hidden"));
			KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
			generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
				@Override
				public void nextBytes(byte[] bytes) {
					System.arraycopy(seed, 0, bytes, 0, bytes.length);
				}
			});
			return generator.generateKeyPair().getPublic();
		}

		/** The bare key of 32 octets (RFC 8463 section 4.2), which ends its encoding. */
		@Override
		byte[] published(PublicKey publicKey) {
			byte[] encoded = publicKey.getEncoded();
			return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
		}
	};

	/** What RFC 8301 section 3.2 asks signers for, and fits in one DNS answer. */
	static final int RSA_BITS = 2048;

	private final String keyType;

	private final String signature;

	DkimAlgorithm(String keyType, String signature) {
		this.keyType = keyType;
		this.signature = signature;
	}

	abstract KeyPair generate() throws GeneralSecurityException;

	abstract PublicKey publicKey(PrivateKey privateKey) throws GeneralSecurityException;

	abstract byte[] published(PublicKey publicKey);

	/** The tag a= of a signature. */
	String tag() {
		return this.keyType + "-sha256";
	}

	/** The content of the TXT record (RFC 6376 section 3.6.1). */
	String record(PublicKey publicKey) {
		return "v=DKIM1; k=" + this.keyType + "; p=" + Base64.getEncoder().encodeToString(published(publicKey));
	}

	/** The JDK's name. */
	String signature() {
		return this.signature;
	}

}
