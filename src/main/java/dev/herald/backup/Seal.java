package dev.herald.backup;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a file with a passphrase, frame by frame, so that each is known to be
 * unchanged before its content is used. AES-256-GCM; the nonce is the frame's number and
 * whether it is the last one, so that frames can't be exchanged, left out or cut off
 * unnoticed (the construction STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
 * The key is made with PBKDF2-HMAC-SHA-256 of the passphrase and a salt of the file's
 * own.
 */
final class Seal {

	/** How a sealed file begins; a zip file begins otherwise. */
	static final byte[] MARK = "HERALDS1".getBytes(StandardCharsets.US_ASCII);

	/** Octets of a frame before it is encrypted. */
	static final int FRAME = 64 * 1024;

	static final int TAG = 16;

	private static final int SALT = 16;

	static final int HEADER = MARK.length + Integer.BYTES + SALT;

	/** What OWASP recommends in 2023 for PBKDF2-HMAC-SHA256. */
	private static final int ITERATIONS = 600_000;

	/** A file must not keep a process busy for hours. */
	private static final int MOST_ITERATIONS = 10_000_000;

	private final byte[] header;

	private final SecretKeySpec key;

	private long frames;

	private Seal(byte[] header, String passphrase, int iterations) {
		this.header = header.clone();
		byte[] salt = Arrays.copyOfRange(header, HEADER - SALT, HEADER);
		try {
			this.key = new SecretKeySpec(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
				.generateSecret(new PBEKeySpec(passphrase.toCharArray(), salt, iterations, 256))
				.getEncoded(), "AES");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has PBKDF2", ex);
		}
	}

	static Seal fresh(String passphrase) {
		byte[] salt = new byte[SALT];
		new SecureRandom().nextBytes(salt);
		return new Seal(ByteBuffer.allocate(HEADER).put(MARK).putInt(ITERATIONS).put(salt).array(), passphrase,
				ITERATIONS);
	}

	static Seal of(byte[] header, String passphrase) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(header));
		in.skipNBytes(MARK.length);
		int iterations = in.readInt();
		if (iterations < 1 || iterations > MOST_ITERATIONS) {
			throw new DamagedException("its beginning is damaged");
		}
		return new Seal(header, passphrase, iterations);
	}

	byte[] header() {
		return this.header.clone();
	}

	byte[] close(byte[] frame, int length, boolean last) {
		try {
			return cipher(Cipher.ENCRYPT_MODE, last).doFinal(frame, 0, length);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has AES-256-GCM", ex);
		}
	}

	byte[] open(byte[] frame, int length, boolean last) throws DamagedException {
		try {
			return cipher(Cipher.DECRYPT_MODE, last).doFinal(frame, 0, length);
		}
		catch (GeneralSecurityException ex) {
			throw new DamagedException("the passphrase is another one, or the file was changed or cut off");
		}
	}

	private Cipher cipher(int mode, boolean last) throws GeneralSecurityException {
		byte[] nonce = ByteBuffer.allocate(12).putLong(this.frames++).putInt(last ? 1 : 0).array();
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, this.key, new GCMParameterSpec(8 * TAG, nonce));
		cipher.updateAAD(this.header);
		return cipher;
	}

}
