package dev.herald.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureSpi;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignaturesTests {

	@Test
	void aProviderThatCannotSignIsPassedOver() throws GeneralSecurityException {
		assertThatTheJdkSigns(new Faulty(false));
	}

	@Test
	void aProviderWhoseSignaturesAreWrongIsPassedOver() throws GeneralSecurityException {
		Provider provider = new Faulty(true);
		assertThat(Signature.getInstance("SHA256withRSA", provider).getProvider()).isSameAs(provider);
		assertThatTheJdkSigns(provider);
	}

	private static void assertThatTheJdkSigns(Provider provider) throws GeneralSecurityException {
		KeyPair pair = TestKeys.RSA;
		Signatures signatures = Signatures.of(DkimAlgorithm.RSA, pair.getPrivate(), provider);
		byte[] text = "from:a@example.org".getBytes(StandardCharsets.US_ASCII);
		Signature verifier = Signature.getInstance("SHA256withRSA");
		verifier.initVerify(pair.getPublic());
		verifier.update(text);
		assertThat(verifier.verify(signatures.sign(text, text.length))).isTrue();
		assertThat(signatures.providerName()).isNotEqualTo(provider.getName());
	}

	/** Has no signatures, or makes them of zeros. */
	private static final class Faulty extends Provider {

		Faulty(boolean signs) {
			super("Faulty", "1", "Of no use");
			if (signs) {
				put("Signature.SHA256withRSA", Zeros.class.getName());
			}
		}

	}

	public static final class Zeros extends SignatureSpi {

		@Override
		protected void engineInitVerify(PublicKey key) {
		}

		@Override
		protected void engineInitSign(PrivateKey key) {
		}

		@Override
		protected void engineUpdate(byte octet) {
		}

		@Override
		protected void engineUpdate(byte[] octets, int start, int length) {
		}

		@Override
		protected byte[] engineSign() {
			return new byte[256];
		}

		@Override
		protected boolean engineVerify(byte[] signature) {
			return false;
		}

		@Override
		@Deprecated
		protected void engineSetParameter(String name, Object value) {
		}

		@Override
		@Deprecated
		protected Object engineGetParameter(String name) {
			throw new UnsupportedOperationException(name);
		}

	}

}
