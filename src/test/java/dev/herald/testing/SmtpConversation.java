package dev.herald.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

import dev.herald.testing.ScriptedSmtpServer.Received;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import org.jspecify.annotations.Nullable;

/** One connection to a {@link ScriptedSmtpServer}, on a thread of its own. */
final class SmtpConversation {

	private final ScriptedSmtpServer server;

	private final ScriptedSmtpOptions options;

	private Socket socket;

	private WireReader in;

	private boolean encrypted;

	private String sender = "";

	private String recipient = "";

	SmtpConversation(ScriptedSmtpServer server, ScriptedSmtpOptions options, Socket socket) throws IOException {
		this.server = server;
		this.options = options;
		this.socket = socket;
		this.in = new WireReader(socket.getInputStream());
		if (options.tlsFromTheStart()) {
			encrypt();
		}
	}

	void run() throws IOException {
		boolean goOn = answer(Stage.CONNECT, "").startsWith("2");
		while (goOn) {
			String line = this.in.line();
			goOn = line != null && command(line);
		}
	}

	/**
	 * Reads on until the client has seen it: unread input makes the kernel reset the
	 * connection, and then replies that were sent can be lost on their way.
	 */
	void hangUp() throws IOException {
		this.socket.shutdownOutput();
		this.socket.setSoTimeout(200);
		try {
			this.socket.getInputStream().transferTo(ByteArrayOutputStream.nullOutputStream());
		}
		catch (SocketTimeoutException ex) {
			// The client keeps its side open.
		}
	}

	private boolean command(String line) throws IOException {
		String verb = line.length() >= 4 ? line.substring(0, 4).toUpperCase(Locale.ROOT) : line;
		return switch (verb) {
			case "EHLO", "HELO" -> goesOn(answer(Stage.EHLO, line.substring(4).strip()));
			case "STAR" -> startTls();
			case "AUTH" -> auth(line);
			case "MAIL" -> {
				this.server.sawMail();
				this.sender = address(line);
				yield goesOn(answer(Stage.MAIL, this.sender));
			}
			case "RCPT" -> {
				this.recipient = address(line);
				yield goesOn(answer(Stage.RCPT, this.recipient));
			}
			case "DATA" -> data();
			case "RSET" -> goesOn(answer(Stage.RSET, ""));
			case "NOOP" -> goesOn(say("250 2.0.0 ok"));
			case "QUIT" -> {
				say("221 2.0.0 bye");
				yield false;
			}
			default -> goesOn(say("502 5.5.1 no such command"));
		};
	}

	private boolean startTls() throws IOException {
		String reply = answer(Stage.STARTTLS, "");
		if (reply.startsWith("2")) {
			encrypt();
		}
		return goesOn(reply);
	}

	private void encrypt() throws IOException {
		TestCertificate certificate = this.options.certificate();
		if (certificate == null) {
			throw new IOException("no certificate");
		}
		this.socket = certificate.overTls(this.socket);
		// Whatever was sent in clear behind STARTTLS is forgotten (CVE-2011-0411).
		this.in = new WireReader(this.socket.getInputStream());
		this.encrypted = true;
	}

	private boolean auth(String line) throws IOException {
		String[] words = line.split(" ", -1);
		boolean known;
		if (words[1].equalsIgnoreCase("PLAIN")) {
			String[] parts = ((words.length > 2) ? decoded(words[2]) : ask("")).split("\0", -1);
			known = parts.length == 3 && this.options.letsIn(parts[1], parts[2]);
		}
		else {
			known = this.options.letsIn(ask("VXNlcm5hbWU6"), ask("UGFzc3dvcmQ6"));
		}
		return goesOn(known ? answer(Stage.AUTH, words[1]) : say("535 5.7.8 wrong name or password"));
	}

	private String ask(String question) throws IOException {
		say("334 " + question);
		String line = this.in.line();
		return (line != null) ? decoded(line) : "";
	}

	private static String decoded(String base64) {
		return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
	}

	private boolean data() throws IOException {
		String begin = answer(Stage.DATA, this.recipient);
		if (!begin.startsWith("3")) {
			return goesOn(begin);
		}
		byte[] content = this.in.content();
		String verdict = verdict(Stage.CONTENT, this.recipient);
		boolean taken = verdict.startsWith("2") || verdict.equals(ScriptedSmtpServer.TAKEN_THEN_HANG_UP);
		if (taken) {
			this.server.took(new Received(this.sender, this.recipient, content));
		}
		return goesOn(
				verdict.equals(ScriptedSmtpServer.TAKEN_THEN_HANG_UP) ? ScriptedSmtpServer.HANG_UP : say(verdict));
	}

	private static boolean goesOn(String reply) {
		return !reply.equals(ScriptedSmtpServer.HANG_UP) && !reply.startsWith("421");
	}

	private String answer(Stage stage, String argument) throws IOException {
		return say(verdict(stage, argument));
	}

	private String verdict(Stage stage, String argument) throws IOException {
		String reply = this.options.reply(stage, argument, this.encrypted);
		try {
			Thread.sleep(this.options.delay(stage).toMillis());
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		return reply;
	}

	String say(String reply) throws IOException {
		if (!reply.equals(ScriptedSmtpServer.HANG_UP)) {
			this.socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
		}
		return reply;
	}

	private static String address(String line) {
		int from = line.indexOf('<');
		int to = line.lastIndexOf('>');
		return (from >= 0 && to > from) ? line.substring(from + 1, to) : "";
	}

	/** Lines and messages. Not BufferedInputStream, whose lock a byte was the slowest. */
	private static final class WireReader {

		private final InputStream in;

		private final byte[] buffer = new byte[64 * 1024];

		private int at;

		private int end;

		WireReader(InputStream in) {
			this.in = in;
		}

		private int read() throws IOException {
			if (this.at == this.end) {
				this.at = 0;
				this.end = Math.max(0, this.in.read(this.buffer));
			}
			return (this.at < this.end) ? this.buffer[this.at++] & 0xff : -1;
		}

		@Nullable String line() throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int b = read(); b != '\n'; b = read()) {
				if (b < 0) {
					return null;
				}
				line.write(b);
			}
			return line.toString(StandardCharsets.UTF_8).stripTrailing();
		}

		/** Up to the final dot, dots unstuffed. */
		byte[] content() throws IOException {
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			int previous = '\n';
			boolean lineStart = true;
			while (true) {
				int b = read();
				if (b < 0) {
					throw new IOException("the client hung up in mid-message");
				}
				if (lineStart && b == '.') {
					b = read();
					if (b == '\r') {
						read();
						return content.toByteArray();
					}
				}
				content.write(b);
				lineStart = previous == '\r' && b == '\n';
				previous = b;
			}
		}

	}

}
