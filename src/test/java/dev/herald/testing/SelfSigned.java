package dev.herald.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

import javax.security.auth.x500.X500Principal;

/**
 * A certificate that signs itself, written as RFC 5280 section 4.1 has it: what the JDK
 * has for that is keytool, which takes a second of a processor for each.
 */
public final class SelfSigned {

	private static final int BIT_STRING = 0x03;

	private static final int OCTET_STRING = 0x04;

	private static final int UTC_TIME = 0x17;

	private static final int SEQUENCE = 0x30;

	private static final int EXTENSIONS = 0xa3;

	/** Of the general names in RFC 5280 section 4.2.1.6, the two that servers have. */
	private static final int DNS_NAME = 0x82;

	private static final int IP_ADDRESS = 0x87;

	private static final byte[] VERSION_3 = bytes("a003020102");

	private static final byte[] SERIAL_NUMBER = bytes("020101");

	private static final byte[] SUBJECT_ALTERNATIVE_NAME = bytes("0603551d11");

	private static final byte[] SHA256_WITH_RSA = bytes("300d06092a864886f70d01010b0500");

	private static final byte[] ECDSA_WITH_SHA256 = bytes("300a06082a8648ce3d040302");

	private static final DateTimeFormatter TWO_DIGIT_YEAR = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private SelfSigned() {
	}

	/**
	 * @param pair of RSA or of an elliptic curve
	 * @param alternativeName {@code ip:127.0.0.1}, {@code dns:mx.test}, or empty for none
	 */
	public static X509Certificate of(KeyPair pair, String commonName, String alternativeName, Instant notBefore,
			Instant notAfter) throws GeneralSecurityException {
		boolean rsa = pair.getPublic().getAlgorithm().equals("RSA");
		byte[] algorithm = rsa ? SHA256_WITH_RSA : ECDSA_WITH_SHA256;
		byte[] name = new X500Principal("CN=" + commonName).getEncoded();
		byte[] content = der(SEQUENCE, VERSION_3, SERIAL_NUMBER, algorithm, name,
				der(SEQUENCE, time(notBefore), time(notAfter)), name, pair.getPublic().getEncoded(),
				extensions(alternativeName));
		Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
		signature.initSign(pair.getPrivate());
		signature.update(content);
		byte[] certificate = der(SEQUENCE, content, algorithm, der(BIT_STRING, new byte[] { 0 }, signature.sign()));
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(certificate));
	}

	private static byte[] extensions(String alternativeName) {
		if (alternativeName.isEmpty()) {
			return new byte[0];
		}
		String value = alternativeName.substring(alternativeName.indexOf(':') + 1);
		byte[] name = alternativeName.startsWith("ip:") ? der(IP_ADDRESS, address(value))
				: der(DNS_NAME, value.getBytes(StandardCharsets.US_ASCII));
		return der(EXTENSIONS,
				der(SEQUENCE, der(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, der(OCTET_STRING, der(SEQUENCE, name)))));
	}

	private static byte[] address(String dotted) {
		byte[] address = new byte[4];
		String[] parts = dotted.split("\\.", -1);
		for (int i = 0; i < address.length; i++) {
			address[i] = (byte) Integer.parseInt(parts[i]);
		}
		return address;
	}

	private static byte[] time(Instant instant) {
		return der(UTC_TIME, TWO_DIGIT_YEAR.format(instant).getBytes(StandardCharsets.US_ASCII));
	}

	/** Tag, length and content (X.690 section 8.1). */
	private static byte[] der(int tag, byte[]... parts) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			content.writeBytes(part);
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		int length = content.size();
		if (length >= 0x100) {
			out.write(0x82);
			out.write(length >> 8);
		}
		else if (length >= 0x80) {
			out.write(0x81);
		}
		out.write(length);
		out.writeBytes(content.toByteArray());
		return out.toByteArray();
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

}
