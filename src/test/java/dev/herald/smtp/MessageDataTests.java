package dev.herald.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageDataTests {

	private final MessageData data = new MessageData();

	@Test
	void aMessageWithoutLeadingDotsIsItselfAndTheFinalDot() {
		assertThat(onTheWire("Subject: x\r\n\r\nSee www.example.org. Bye.\r\n"))
			.isEqualTo("Subject: x\r\n\r\nSee www.example.org. Bye.\r\n.\r\n");
	}

	@Test
	void aDotThatBeginsALineIsDoubled() {
		assertThat(onTheWire(".one\r\n..two\r\n.\r\nthree\r\n")).isEqualTo("..one\r\n...two\r\n..\r\nthree\r\n.\r\n");
	}

	@Test
	void aDotBehindABareLineBreakIsDoubledLestItEndTheMessage() {
		assertThat(onTheWire("a\n.\r\nMAIL FROM:<x@y>\r\n")).isEqualTo("a\n..\r\nMAIL FROM:<x@y>\r\n.\r\n");
		assertThat(onTheWire("a\r.\rb\r\n")).isEqualTo("a\r..\rb\r\n.\r\n");
	}

	@Test
	void aLastLineWithoutEndGetsOne() {
		assertThat(onTheWire("a")).isEqualTo("a\r\n.\r\n");
		assertThat(onTheWire("a\n")).isEqualTo("a\n\r\n.\r\n");
		assertThat(onTheWire("")).isEqualTo("\r\n.\r\n");
	}

	@Test
	void aShorterMessageLeavesNothingOfALongerOne() {
		assertThat(onTheWire("x".repeat(200_000) + "\r\n")).hasSize(200_005);
		assertThat(onTheWire("y\r\n")).isEqualTo("y\r\n.\r\n");
	}

	@Test
	void eightBitIsFoundWhereverItIs() {
		for (int length = 1; length < 40; length++) {
			this.data.load("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
			assertThat(this.data.isEightBit()).isFalse();
			byte[] content = ("x".repeat(length - 1) + "\u00e9").getBytes(StandardCharsets.UTF_8);
			this.data.load(content);
			assertThat(this.data.isEightBit()).as("at %d", length).isTrue();
		}
	}

	@Test
	void aHeaderIsToldFromABody() {
		this.data.load("Subject: caf\u00e9\r\n\r\nplain\r\n".getBytes(StandardCharsets.UTF_8));
		assertThat(this.data.hasEightBitHeader()).isTrue();
		this.data.load("Subject: plain\r\n\r\ncaf\u00e9\r\n".getBytes(StandardCharsets.UTF_8));
		assertThat(this.data.isEightBit()).isTrue();
		assertThat(this.data.hasEightBitHeader()).isFalse();
	}

	@Test
	void anyMixtureIsStuffedAsByteByByte() {
		Random random = new Random(20260101);
		for (int round = 0; round < 20_000; round++) {
			StringBuilder content = new StringBuilder();
			int length = random.nextInt(40);
			for (int i = 0; i < length; i++) {
				content.append("..\r\nx".charAt(random.nextInt(5)));
			}
			assertThat(onTheWire(content.toString())).isEqualTo(byteByByte(content.toString()));
		}
	}

	private static String byteByByte(String content) {
		StringBuilder result = new StringBuilder();
		char previous = '\n';
		for (int i = 0; i < content.length(); i++) {
			char c = content.charAt(i);
			if (c == '.' && (previous == '\n' || previous == '\r')) {
				result.append('.');
			}
			result.append(c);
			previous = c;
		}
		return result.append(content.endsWith("\r\n") ? ".\r\n" : "\r\n.\r\n").toString();
	}

	private String onTheWire(String content) {
		this.data.load(content.getBytes(StandardCharsets.US_ASCII));
		return new String(this.data.bytes(), 0, this.data.length(), StandardCharsets.US_ASCII);
	}

}
