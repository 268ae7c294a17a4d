package dev.herald.backup;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Encrypts what is written; what is below stays open. Close it: the last frame ends it.
 */
final class SealedOutput extends OutputStream {

	private final OutputStream out;

	private final Seal seal;

	private final byte[] frame = new byte[Seal.FRAME];

	private int filled;

	private boolean closed;

	SealedOutput(OutputStream out, Seal seal) throws IOException {
		this.out = out;
		this.seal = seal;
		out.write(seal.header());
	}

	@Override
	public void write(int octet) throws IOException {
		write(new byte[] { (byte) octet }, 0, 1);
	}

	@Override
	public void write(byte[] octets, int from, int length) throws IOException {
		int done = 0;
		while (done < length) {
			if (this.filled == Seal.FRAME) {
				frame(false);
			}
			int part = Math.min(length - done, Seal.FRAME - this.filled);
			System.arraycopy(octets, from + done, this.frame, this.filled, part);
			this.filled += part;
			done += part;
		}
	}

	private void frame(boolean last) throws IOException {
		this.out.write(this.seal.close(this.frame, this.filled, last));
		this.filled = 0;
	}

	@Override
	public void close() throws IOException {
		if (!this.closed) {
			this.closed = true;
			frame(true);
		}
	}

}
