package dev.herald.listener;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that says exactly what it is told to. Its errors are unchecked. */
final class WireClient implements AutoCloseable {

	/** Far more than the listener needs; a reply that does not come fails the test. */
	private static final int PATIENCE_MILLIS = 30_000;

	private Socket socket;

	private BufferedReader in;

	private OutputStream out;

	private WireClient(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
		this.out = socket.getOutputStream();
	}

	/** With whatever greeting it got still to be read. */
	static WireClient dial(int port) {
		try {
			Socket socket = new Socket();
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
			socket.setSoTimeout(PATIENCE_MILLIS);
			socket.setTcpNoDelay(true);
			return new WireClient(socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** After the greeting. */
	static WireClient connect(int port) {
		WireClient client = dial(port);
		client.reply();
		return client;
	}

	/** The last line of the reply. */
	String say(String line) {
		return last(lines(line));
	}

	private static String last(List<String> lines) {
		return lines.get(lines.size() - 1);
	}

	/** All lines of the reply. */
	List<String> lines(String line) {
		send(line + "\r\n");
		return replyLines();
	}

	void send(String text) {
		send(text.getBytes(StandardCharsets.UTF_8));
	}

	void send(byte[] bytes) {
		try {
			this.out.write(bytes);
			this.out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whether the connection still takes it. */
	boolean trySend(String text) {
		try {
			send(text);
			return true;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	/** All that comes until the connection ends. */
	String rest() {
		try {
			StringBuilder rest = new StringBuilder();
			for (int c = this.in.read(); c >= 0; c = this.in.read()) {
				rest.append((char) c);
			}
			return rest.toString();
		}
		catch (SocketException ex) {
			return "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String reply() {
		return last(replyLines());
	}

	private List<String> replyLines() {
		try {
			List<String> lines = new ArrayList<>();
			String line;
			do {
				line = this.in.readLine();
				lines.add((line != null) ? line : "closed");
			}
			while (line != null && line.length() > 3 && line.charAt(3) == '-');
			return lines;
		}
		catch (SocketException ex) {
			return List.of("closed");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a mail in a transaction of its own: the reply to the first refusal or to the
	 * dot.
	 */
	String mail(String sender, String recipient, String content) {
		for (String line : List.of("MAIL FROM:<" + sender + ">", "RCPT TO:<" + recipient + ">", "DATA")) {
			String reply = say(line);
			if (!reply.startsWith("2") && !reply.startsWith("3")) {
				return reply;
			}
		}
		send(content);
		return say(".");
	}

	void startTls(SSLContext context) {
		try {
			SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(this.socket, "127.0.0.1", 0, true);
			tls.startHandshake();
			this.socket = tls;
			this.in = new BufferedReader(new InputStreamReader(tls.getInputStream(), StandardCharsets.UTF_8));
			this.out = tls.getOutputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
