package dev.herald.listener;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.subethamail.smtp.DropConnectionException;

/**
 * A mail as it came in: its beginning and its whole length.
 *
 * @param beginning no more than was asked for
 * @param size in bytes
 */
record MailContent(byte[] beginning, long size) {

	private static final int CHUNK = 8 * 1024;

	/**
	 * Reads to the end, so that what is left of a refused mail is not taken for commands.
	 * @param keep how many bytes of it
	 * @param limit a mail of more than twice that ends the connection
	 */
	static MailContent read(InputStream in, int keep, long limit) throws IOException, DropConnectionException {
		ByteArrayOutputStream beginning = new ByteArrayOutputStream(CHUNK);
		byte[] chunk = new byte[CHUNK];
		long size = 0;
		for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
			beginning.write(chunk, 0, Math.min(count, keep - beginning.size()));
			size += count;
			if (size > 2 * limit) {
				throw new DropConnectionException(552, "5.3.4 Much too large");
			}
		}
		return new MailContent(beginning.toByteArray(), size);
	}

	/**
	 * As at final delivery (RFC 5321 section 4.4), but with nothing that differs by try.
	 */
	byte[] delivered(String sender, String recipient) {
		// A first line that begins with a space would go on with the field before it.
		boolean folded = this.beginning.length > 0 && (this.beginning[0] == ' ' || this.beginning[0] == '\t');
		byte[] trace = "Return-Path: <%s>\r\nDelivered-To: %s\r\n%s".formatted(sender, recipient, folded ? "\r\n" : "")
			.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream mail = new ByteArrayOutputStream(trace.length + this.beginning.length);
		mail.writeBytes(trace);
		mail.writeBytes(this.beginning);
		return mail.toByteArray();
	}

}
