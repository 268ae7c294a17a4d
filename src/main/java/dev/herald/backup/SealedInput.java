package dev.herald.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Decrypts a sealed file. What is read was not changed. */
final class SealedInput extends InputStream {

	private final PushbackInputStream in;

	private final Seal seal;

	private final byte[] sealed = new byte[Seal.FRAME + Seal.TAG];

	private byte[] frame = new byte[0];

	private int read;

	private boolean last;

	/**
	 * @param in at its beginning
	 */
	SealedInput(InputStream in, String passphrase) throws IOException {
		byte[] header = in.readNBytes(Seal.HEADER);
		if (header.length < Seal.HEADER) {
			throw new DamagedException("it breaks off");
		}
		this.in = new PushbackInputStream(in);
		this.seal = Seal.of(header, passphrase);
	}

	@Override
	public int read() throws IOException {
		byte[] octet = new byte[1];
		return (read(octet, 0, 1) < 0) ? -1 : octet[0] & 0xff;
	}

	@Override
	public int read(byte[] octets, int from, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		while (this.read == this.frame.length) {
			if (this.last) {
				return -1;
			}
			next();
		}
		int part = Math.min(length, this.frame.length - this.read);
		System.arraycopy(this.frame, this.read, octets, from, part);
		this.read += part;
		return part;
	}

	private void next() throws IOException {
		int length = this.in.readNBytes(this.sealed, 0, this.sealed.length);
		int after = this.in.read();
		this.last = after < 0;
		if (!this.last) {
			this.in.unread(after);
		}
		this.frame = this.seal.open(this.sealed, length, this.last);
		this.read = 0;
	}

	@Override
	public void close() throws IOException {
		this.in.close();
	}

}
