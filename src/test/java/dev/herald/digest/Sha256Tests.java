package dev.herald.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Against the examples that NIST publishes with FIPS 180-4. */
class Sha256Tests {

	@Test
	void textsAndOctetsAreDigestedAlike() {
		assertThat(Sha256.hex("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
		assertThat(Sha256.hex("abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Sha256.hex("abc"));
		assertThat(Sha256.hex("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
		assertThat(Base64.getEncoder().encodeToString(Sha256.of("abc")))
			.isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
	}

	@Test
	void aTextIsDigestedAsUtf8() {
		assertThat(Sha256.of("é")).isEqualTo(Sha256.of(new byte[] { (byte) 0xC3, (byte) 0xA9 }));
	}

	@Test
	void piecesAddUp() {
		MessageDigest digest = Sha256.begin();
		digest.update("a".getBytes(StandardCharsets.US_ASCII));
		digest.update("bc".getBytes(StandardCharsets.US_ASCII));
		assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(Sha256.hex("abc"));
	}

}
