package dev.herald.pacing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A DNS server on 127.0.0.1 that knows MX records alone, RFC 1035 section 4. A name it
 * was not told of does not exist.
 */
final class DnsServer implements AutoCloseable {

	private static final int SERVFAIL = 2;

	private static final int NXDOMAIN = 3;

	private static final int MX = 15;

	private final DatagramSocket socket;

	private final Map<String, List<String>> records = new ConcurrentHashMap<>();

	/** Names that were asked for, in order. */
	final List<String> asked = new CopyOnWriteArrayList<>();

	volatile boolean silent;

	DnsServer() throws IOException {
		this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "dns-server");
		thread.setDaemon(true);
		thread.start();
	}

	String url() {
		return "dns://127.0.0.1:" + this.socket.getLocalPort();
	}

	/**
	 * @param mx each as PREFERENCE SERVER; the word SERVFAIL alone makes the server fail
	 */
	DnsServer with(String domain, String... mx) {
		this.records.put(domain, List.of(mx));
		return this;
	}

	private void serve() {
		byte[] buffer = new byte[512];
		while (!this.socket.isClosed()) {
			DatagramPacket query = new DatagramPacket(buffer, buffer.length);
			try {
				this.socket.receive(query);
				String name = name(buffer);
				this.asked.add(name);
				if (!this.silent) {
					byte[] answer = answer(buffer, name);
					this.socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
				}
			}
			catch (IOException ex) {
				if (!this.socket.isClosed()) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	private static String name(byte[] query) {
		StringBuilder name = new StringBuilder();
		for (int at = 12; query[at] != 0; at += query[at] + 1) {
			name.append(name.isEmpty() ? "" : ".")
				.append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
		}
		return name.toString();
	}

	private byte[] answer(byte[] query, String name) throws IOException {
		List<String> mx = this.records.get(name);
		boolean fails = mx != null && mx.equals(List.of("SERVFAIL"));
		List<String> found = (mx == null || fails) ? List.of() : mx;
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.write(query, 0, 2);
		out.writeShort(0x8180 | ((mx == null) ? NXDOMAIN : fails ? SERVFAIL : 0));
		out.writeShort(1);
		out.writeShort(found.size());
		out.writeInt(0);
		out.write(query, 12, name.length() + 2 + 4);
		for (String record : found) {
			writeMx(out, record.split(" ", 2));
		}
		return bytes.toByteArray();
	}

	private static void writeMx(DataOutputStream out, String[] record) throws IOException {
		ByteArrayOutputStream server = new ByteArrayOutputStream();
		for (String label : record[1].equals(".") ? List.<String>of() : List.of(record[1].split("\\.", -1))) {
			server.write(label.length());
			server.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
		}
		server.write(0);
		out.writeShort(0xC00C);
		out.writeShort(MX);
		out.writeShort(1);
		out.writeInt(300);
		out.writeShort(server.size() + 2);
		out.writeShort(Integer.parseInt(record[0]));
		out.write(server.toByteArray());
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
