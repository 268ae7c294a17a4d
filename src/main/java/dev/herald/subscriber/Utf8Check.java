package dev.herald.subscriber;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * Reads a file through before anything of it is used: one wrong byte near its end must
 * not leave half of it imported.
 */
final class Utf8Check {

	private static final int BUFFER = 1 << 16;

	private Utf8Check() {
	}

	/**
	 * @throws Problem naming the offset, from 0, of the first byte that is not UTF-8
	 */
	static void check(Path file) throws IOException {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
		CharBuffer characters = CharBuffer.allocate(BUFFER);
		long passed = 0;
		try (InputStream in = Files.newInputStream(file)) {
			boolean end = false;
			while (!end) {
				int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
				end = read < 0;
				bytes.position(bytes.position() + Math.max(read, 0)).flip();
				CoderResult result = decoder.decode(bytes, characters.clear(), end);
				if (result.isError()) {
					throw notUtf8(file, passed + bytes.position());
				}
				passed += bytes.position();
				bytes.compact();
			}
		}
	}

	private static Problem notUtf8(Path file, long offset) {
		return Problem.work(Sentence.of("subscriber.not-utf-8", file.toString(), String.valueOf(offset)));
	}

}
