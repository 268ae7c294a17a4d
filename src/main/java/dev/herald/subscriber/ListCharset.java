package dev.herald.subscriber;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Finds how a file's characters are written, from the whole file: one wrong byte near its
 * end must not leave half of it imported.
 */
final class ListCharset {

	static final Charset GB18030 = Charset.forName("GB18030");

	static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

	private static final int BUFFER = 1 << 16;

	/** Bytes from which the kind is guessed where UTF-8 is ruled out. */
	private static final int SAMPLE = 1 << 20;

	private ListCharset() {
	}

	/**
	 * By its byte order mark, else by what the bytes can mean: UTF-8 where they all do,
	 * then GB18030 where runs of them pair up as Chinese does, else windows-1252.
	 * @throws Problem naming the offset, from 0, of the first byte that is not UTF-8,
	 * where none of them fits
	 */
	static Charset find(Path file) throws IOException {
		byte[] head;
		try (InputStream in = Files.newInputStream(file)) {
			head = in.readNBytes(SAMPLE);
		}
		Charset wide = wide(head);
		if (wide != null) {
			require(file, wide);
			return wide;
		}
		long notUtf8 = firstMalformed(file, StandardCharsets.UTF_8);
		if (notUtf8 < 0) {
			return StandardCharsets.UTF_8;
		}
		if (pairsUp(head) && firstMalformed(file, GB18030) < 0) {
			return GB18030;
		}
		if (firstMalformed(file, WINDOWS_1252) < 0) {
			return WINDOWS_1252;
		}
		throw Problem.work(Sentence.of("subscriber.not-utf-8", file.toString(), String.valueOf(notUtf8)));
	}

	/**
	 * @throws Problem naming the offset of the first byte that does not fit
	 */
	static void require(Path file, Charset charset) throws IOException {
		long malformed = firstMalformed(file, charset);
		if (malformed >= 0) {
			throw Problem.work(
					Sentence.of("subscriber.not-charset", file.toString(), charset.name(), String.valueOf(malformed)));
		}
	}

	private static @Nullable Charset wide(byte[] head) {
		if (head.length >= 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xff) == 0xfe) {
			return StandardCharsets.UTF_16LE;
		}
		if (head.length >= 2 && (head[0] & 0xff) == 0xfe && (head[1] & 0xff) == 0xff) {
			return StandardCharsets.UTF_16BE;
		}
		int[] zeros = new int[2];
		int looked = Math.min(head.length, 4096);
		for (int i = 0; i < looked; i++) {
			zeros[i & 1] += (head[i] == 0) ? 1 : 0;
		}
		// Separators and digits alone are a tenth of any list.
		if (Math.max(zeros[0], zeros[1]) * 20 < looked || looked < 8) {
			return null;
		}
		return (zeros[1] > zeros[0]) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
	}

	/**
	 * Chinese comes in runs of an even number of high bytes; letters with accents stand
	 * alone among plain ones, and other alphabets make as many odd runs as even ones.
	 */
	private static boolean pairsUp(byte[] head) {
		int runs = 0;
		int even = 0;
		int length = 0;
		for (byte octet : head) {
			if (octet < 0) {
				length++;
			}
			else if (length > 0) {
				runs++;
				even += (length % 2 == 0) ? 1 : 0;
				length = 0;
			}
		}
		return even * 10 >= runs * 8 && runs > 0;
	}

	/** The offset of the first byte that is none of the charset; -1 where all are. */
	static long firstMalformed(Path file, Charset charset) throws IOException {
		CharsetDecoder decoder = charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
		CharBuffer characters = CharBuffer.allocate(BUFFER);
		long passed = 0;
		try (InputStream in = Files.newInputStream(file)) {
			boolean end = false;
			while (!end || bytes.position() > 0) {
				int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
				end = read < 0;
				bytes.position(bytes.position() + Math.max(read, 0)).flip();
				CoderResult result = decoder.decode(bytes, characters.clear(), end);
				passed += bytes.position();
				if (result.isError()) {
					return passed;
				}
				bytes.compact();
			}
		}
		return -1;
	}

}
