package dev.herald.probe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP/1.1 reply (RFC 9112) and the first octets of what it carries.
 *
 * @param fields by name in lower case, the first of each
 * @param whole whether begin is all there is
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, String> fields, byte[] begin, boolean whole) {

	private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[0-9] ([0-9]{3})(?: .*)?");

	/** In octets. Browsers take some 256 kB, servers send 2. */
	private static final int LONGEST_HEAD = 65_536;

	/** 100 Continue, 103 Early Hints. */
	private static final int MOST_INTERIM = 5;

	/**
	 * @param most octets of the body to read; 0 where none is wanted or comes
	 * @throws ProtocolException for what is no HTTP
	 */
	static Reply read(InputStream in, int most) throws IOException {
		for (int i = 0; i <= MOST_INTERIM; i++) {
			int[] left = { LONGEST_HEAD };
			int status = status(line(in, left));
			Map<String, String> fields = fields(in, left);
			if (status >= 200) {
				return body(in, status, fields, most);
			}
		}
		throw new ProtocolException("interim replies without an end");
	}

	private static int status(String line) throws ProtocolException {
		Matcher status = STATUS.matcher(line);
		if (!status.matches()) {
			throw new ProtocolException("no status line");
		}
		return Integer.parseInt(status.group(1));
	}

	private static Map<String, String> fields(InputStream in, int[] left) throws IOException {
		Map<String, String> fields = new HashMap<>();
		for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
			int colon = line.indexOf(':');
			if (colon > 0) {
				fields.putIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
						line.substring(colon + 1).strip());
			}
		}
		return fields;
	}

	/** ISO 8859-1, as octets come; ended by LF. */
	private static String line(InputStream in, int[] left) throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int octet = in.read(); octet != '\n'; octet = in.read()) {
			if (octet < 0) {
				throw new EOFException("closed before a whole reply");
			}
			if (left[0]-- <= 0) {
				throw new ProtocolException("a head without an end");
			}
			line.write(octet);
		}
		return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
	}

	private static Reply body(InputStream in, int status, Map<String, String> fields, int most) throws IOException {
		boolean chunked = fields.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).endsWith("chunked");
		// A server that keeps the connection all the same says where the body ends.
		long length = length(fields);
		byte[] begin = chunked ? chunks(in, most) : in.readNBytes((int) Math.min(most, (length < 0) ? most : length));
		return new Reply(status, Map.copyOf(fields), begin, begin.length < most);
	}

	private static long length(Map<String, String> fields) {
		String length = fields.getOrDefault("content-length", "");
		return length.matches("[0-9]{1,15}") ? Long.parseLong(length) : -1;
	}

	/** RFC 9112 section 7.1. */
	private static byte[] chunks(InputStream in, int most) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		int[] left = { LONGEST_HEAD };
		while (body.size() < most) {
			int size = size(line(in, left));
			if (size == 0) {
				break;
			}
			byte[] part = in.readNBytes(Math.min(size, most - body.size()));
			body.write(part);
			if (part.length == size) {
				line(in, left);
			}
		}
		return body.toByteArray();
	}

	private static int size(String line) throws ProtocolException {
		String digits = line.split(";", 2)[0].strip();
		if (!digits.matches("[0-9A-Fa-f]{1,15}")) {
			throw new ProtocolException("no size of a chunk");
		}
		return (int) Math.min(Long.parseLong(digits, 16), Integer.MAX_VALUE);
	}

	/** Of the whole body; -1 where it is not said. */
	long octets() {
		return this.whole ? this.begin.length : length(this.fields);
	}

	/** Without parameters, in lower case. */
	String type() {
		return this.fields.getOrDefault("content-type", "").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
	}

}
