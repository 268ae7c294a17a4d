package dev.herald.issue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/** The bytes of a file as text: UTF-8 without its BOM, every line end as LF. */
final class SourceText {

	/** In octets. The longest of 500 real issues looked at has 110 kB. */
	static final int MAX_SIZE = 2 * 1024 * 1024;

	private SourceText() {
	}

	static String decode(String fileName, byte[] content) {
		if (content.length > MAX_SIZE) {
			throw Problem.work(Sentence.of("issue.file.large", fileName, content.length, MAX_SIZE));
		}
		ByteBuffer in = ByteBuffer.wrap(content);
		CharBuffer out = CharBuffer.allocate(content.length + 1);
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		CoderResult result = decoder.decode(in, out, true);
		if (result.isError()) {
			throw notUtf8(fileName, content, in.position());
		}
		String text = out.flip().toString();
		return text.substring(behindBom(text)).replace("\r\n", "\n").replace('\r', '\n');
	}

	/** Whoever joins files, or saves one twice, has several. */
	private static int behindBom(String text) {
		int begin = 0;
		while (begin < text.length() && text.charAt(begin) == '\uFEFF') {
			begin++;
		}
		return begin;
	}

	private static Problem notUtf8(String fileName, byte[] content, int offset) {
		boolean utf16 = content.length > 1 && (((content[0] & 0xFF) == 0xFF && (content[1] & 0xFF) == 0xFE)
				|| ((content[0] & 0xFF) == 0xFE && (content[1] & 0xFF) == 0xFF));
		return Problem.work(utf16 ? Sentence.of("issue.file.utf-16", fileName) : Sentence.of("issue.file.not-utf-8",
				fileName, String.format(Locale.ROOT, "0x%02X", content[offset] & 0xFF), offset));
	}

}
