package dev.herald.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.herald.dkim.HeaderBlock.SignedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The message of RFC 8463 appendix A, whose signatures are printed there. */
class Rfc8463Tests {

	static final String ED25519_KEY = """
			-----BEGIN PRIVATE KEY-----
			MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
			-----END PRIVATE KEY-----
			""";

	/** RFC 6376 appendix C. */
	static final String RSA_KEY = """
			-----BEGIN RSA PRIVATE KEY-----
			MIICXQIBAAKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi
			Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM
			KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB
			AoGAH0cxOhFZDgzXWhDhnAJDw5s4roOXN4OhjiXa8W7Y3rhX3FJqmJSPuC8N9vQm
			6SVbaLAE4SG5mLMueHlh4KXffEpuLEiNp9Ss3O4YfLiQpbRqE7Tm5SxKjvvQoZZe
			zHorimOaChRL2it47iuWxzxSiRMv4c+j70GiWdxXnxe4UoECQQDzJB/0U58W7RZy
			6enGVj2kWF732CoWFZWzi1FicudrBFoy63QwcowpoCazKtvZGMNlPWnC7x/6o8Gc
			uSe0ga2xAkEA8C7PipPm1/1fTRQvj1o/dDmZp243044ZNyxjg+/OPN0oWCbXIGxy
			WvmZbXriOWoSALJTjExEgraHEgnXssuk7QJBALl5ICsYMu6hMxO73gnfNayNgPxd
			WFV6Z7ULnKyV7HSVYF0hgYOHjeYe9gaMtiJYoo0zGN+L3AAtNP9huqkWlzECQE1a
			licIeVlo1e+qJ6Mgqr0Q7Aa7falZ448ccbSFYEPD6oFxiOl9Y9se9iYHZKKfIcst
			o7DUw1/hz2Ck4N5JrgUCQQCyKveNvjzkkd8HjYs0SwM0fPjK16//5qDZ2UiDGnOe
			uEzxBDAr518Z8VFbR41in3W4Y3yCDgQlLlcETrS+zYcL
			-----END RSA PRIVATE KEY-----
			""";

	private static final String HEADER = crlf("""
			From: Joe SixPack <joe@football.example.com>
			To: Suzie Q <suzie@shopping.example.net>
			Subject: Is dinner ready?
			Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
			Message-ID: <20030712040037.46341.5F8J@football.example.com>
			""");

	private static final String ED25519_FIELD = crlf("""
			DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
			 d=football.example.com; i=@football.example.com;
			 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
			 subject : date : message-id : from : subject : date;
			 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
			 b=
			""");

	private static final String ED25519_SIGNATURE = "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus"
			+ "Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";

	private static final String RSA_FIELD = crlf("""
			DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
			 d=football.example.com; i=@football.example.com;
			 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
			 date : message-id : from : subject : date;
			 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
			 b=
			""");

	private static final String RSA_SIGNATURE = "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3"
			+ "DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz"
			+ "dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=";

	private static final List<SignedField> SIGNED = List.of(new SignedField("from", true), new SignedField("to", false),
			new SignedField("subject", true), new SignedField("date", true), new SignedField("message-id", false));

	@Test
	void ed25519SignaturesAreThePublishedOnes() throws GeneralSecurityException {
		assertThat(sign(DkimAlgorithm.ED25519, ED25519_KEY, ED25519_FIELD, null)).isEqualTo(ED25519_SIGNATURE);
	}

	@Test
	void rsaSignaturesAreThePublishedOnes() throws GeneralSecurityException {
		assertThat(sign(DkimAlgorithm.RSA, RSA_KEY, RSA_FIELD, null)).isEqualTo(RSA_SIGNATURE);
	}

	@Test
	void nativeCryptographySignsTheSame() throws GeneralSecurityException {
		Provider provider = NativeCrypto.provider();
		assumeTrue(provider != null, "there is no native cryptography for this platform");
		assertThat(sign(DkimAlgorithm.ED25519, ED25519_KEY, ED25519_FIELD, provider)).isEqualTo(ED25519_SIGNATURE);
		assertThat(sign(DkimAlgorithm.RSA, RSA_KEY, RSA_FIELD, provider)).isEqualTo(RSA_SIGNATURE);
	}

	@Test
	void thePublishedPublicKeyIsThatOfThePrivateKey() throws GeneralSecurityException {
		PrivateKey key = PrivateKeyPem.read(ED25519_KEY);
		assertThat(DkimAlgorithm.ED25519.record(DkimAlgorithm.ED25519.publicKey(key)))
			.isEqualTo("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
		PrivateKey rsa = PrivateKeyPem.read(RSA_KEY);
		assertThat(DkimAlgorithm.RSA.record(DkimAlgorithm.RSA.publicKey(rsa)))
			.isEqualTo("v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3"
					+ "idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6l"
					+ "HvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB");
	}

	private static String sign(DkimAlgorithm algorithm, String pem, String emptyField, @Nullable Provider provider)
			throws GeneralSecurityException {
		byte[] header = HEADER.getBytes(StandardCharsets.US_ASCII);
		CanonicalText text = new CanonicalText(100);
		new HeaderBlock(header, header.length).select(SIGNED, new ArrayList<>(), text);
		byte[] field = emptyField.strip().getBytes(StandardCharsets.US_ASCII);
		text.addUnended(field, 0, SignatureField.NAME.length(), field.length);
		Signatures signatures = Signatures.of(algorithm, PrivateKeyPem.read(pem), provider);
		if (provider != null) {
			assertThat(signatures.providerName()).isEqualTo(provider.getName());
		}
		return Base64.getEncoder().encodeToString(signatures.sign(text.octets(), text.length()));
	}

	private static String crlf(String text) {
		return text.replace("\n", "\r\n");
	}

}
