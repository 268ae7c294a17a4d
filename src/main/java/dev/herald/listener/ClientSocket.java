package dev.herald.listener;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A client's connection. It is read through one buffer, so that what a client sends ahead
 * (RFC 2920) is not lost between command and content, and it brings in no more than it is
 * allowed. Read by one thread; closed and allowed by any.
 */
final class ClientSocket extends Socket {

	private volatile long allowance;

	private volatile long deadline;

	private @Nullable InputStream input;

	private ClientSocket(long deadline) {
		this.deadline = deadline;
	}

	/**
	 * A server's socket, not bound yet, that accepts such connections.
	 * @param patience until a connection is late that nobody has allowed anything. It has
	 * a deadline from its first moment: whoever closes what is late may see it before
	 * anybody calls {@link #allow}.
	 */
	static ServerSocket listening(Duration patience) throws IOException {
		return new ServerSocket() {
			@Override
			public Socket accept() throws IOException {
				ClientSocket client = new ClientSocket(System.nanoTime() + patience.toNanos());
				implAccept(client);
				return client;
			}
		};
	}

	/**
	 * @param bytes that may come in from now on
	 * @param deadline of System.nanoTime()
	 */
	void allow(long bytes, long deadline) {
		this.allowance = bytes;
		this.deadline = deadline;
	}

	boolean isLate(long now) {
		return this.deadline - now < 0;
	}

	@Override
	public synchronized InputStream getInputStream() throws IOException {
		if (this.input == null) {
			this.input = new Buffered(super.getInputStream());
		}
		return this.input;
	}

	/** Without a lock: it is read a byte at a time. */
	private final class Buffered extends InputStream {

		private final InputStream in;

		private final byte[] buffer = new byte[8 * 1024];

		private int next;

		private int end;

		Buffered(InputStream in) {
			this.in = in;
		}

		@Override
		public int read() throws IOException {
			return (this.next < this.end || fill()) ? this.buffer[this.next++] & 0xff : -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (length == 0) {
				return 0;
			}
			if (this.next == this.end && !fill()) {
				return -1;
			}
			int count = Math.min(length, this.end - this.next);
			System.arraycopy(this.buffer, this.next, bytes, offset, count);
			this.next += count;
			return count;
		}

		private boolean fill() throws IOException {
			int count = this.in.read(this.buffer);
			this.next = 0;
			this.end = Math.max(0, count);
			if (count > 0) {
				spend(count);
			}
			return count > 0;
		}

	}

	private synchronized void spend(int bytes) throws IOException {
		this.allowance -= bytes;
		if (this.allowance < 0) {
			throw new IOException("The client sends more than commands need");
		}
	}

}
