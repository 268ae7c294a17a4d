package dev.herald.dkim;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys in PEM (RFC 7468). */
final class PrivateKeyPem {

	private static final Pattern BLOCK = Pattern
		.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

	private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

	/** Version 0 and the algorithm rsaEncryption (RFC 5958, RFC 3279 section 2.3.1). */
	private static final byte[] RSA_HEAD = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

	private static final int SEQUENCE = 0x30;

	private static final int OCTET_STRING = 0x04;

	private PrivateKeyPem() {
	}

	static String write(PrivateKey key) {
		Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
		return "-----BEGIN PRIVATE KEY-----\n" + lines.encodeToString(key.getEncoded())
				+ "\n-----END PRIVATE KEY-----\n";
	}

	/**
	 * Reads the first private key of PKCS#8, or of PKCS#1 as older tools write it.
	 * @throws InvalidKeySpecException whose message ends the sentence "FILE …" and holds
	 * nothing of the file's content
	 */
	static PrivateKey read(String text) throws InvalidKeySpecException {
		Matcher blocks = BLOCK.matcher(text);
		while (blocks.find()) {
			String label = blocks.group(1);
			if (label.equals("PRIVATE KEY")) {
				return key(decode(blocks.group(2)));
			}
			if (label.equals("RSA PRIVATE KEY")) {
				return key(pkcs8(decode(blocks.group(2))));
			}
		}
		throw new InvalidKeySpecException(wrong(text));
	}

	private static String wrong(String text) {
		Matcher begin = BEGIN.matcher(text);
		if (!begin.find()) {
			return "holds no key in PEM (-----BEGIN PRIVATE KEY-----)";
		}
		String label = begin.group(1);
		if (label.equals("ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED")) {
			return "holds an encrypted key, which Herald can't open. Decrypt it: openssl pkey -in FILE -out NEW";
		}
		if (label.equals("PRIVATE KEY") || label.equals("RSA PRIVATE KEY")) {
			return "holds a key that is cut off or damaged";
		}
		return "holds a " + label + " and no private key for RSA or Ed25519 (-----BEGIN PRIVATE KEY-----)";
	}

	private static byte[] decode(String base64) throws InvalidKeySpecException {
		try {
			return Base64.getMimeDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidKeySpecException("holds a key that is cut off or damaged");
		}
	}

	private static byte[] pkcs8(byte[] rsaPrivateKey) {
		byte[] inner = der(OCTET_STRING, rsaPrivateKey);
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		content.writeBytes(RSA_HEAD);
		content.writeBytes(inner);
		return der(SEQUENCE, content.toByteArray());
	}

	/** One value in the Distinguished Encoding Rules (X.690 section 8.1.3). */
	private static byte[] der(int tag, byte[] content) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		if (content.length < 0x80) {
			out.write(content.length);
		}
		else {
			byte[] length = BigInteger.valueOf(content.length).toByteArray();
			int start = (length[0] == 0) ? 1 : 0;
			out.write(0x80 | (length.length - start));
			out.write(length, start, length.length - start);
		}
		out.writeBytes(content);
		return out.toByteArray();
	}

	private static PrivateKey key(byte[] pkcs8) throws InvalidKeySpecException {
		PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
		for (String type : new String[] { "RSA", "Ed25519" }) {
			try {
				PrivateKey key = KeyFactory.getInstance(type).generatePrivate(encoded);
				if (key instanceof RSAPrivateCrtKey || (key instanceof EdECPrivateKey ed
						&& ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName()))) {
					return key;
				}
			}
			catch (GeneralSecurityException ex) {
				// The next type.
			}
		}
		throw new InvalidKeySpecException("holds a damaged key, or one that is for neither RSA nor Ed25519");
	}

}
