package dev.herald.returns;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Damaged and hostile mails: a bounded time each, and never an exception. */
class ParserFuzzTests {

	private static final Path DATA = Path.of("../shared/data/bounces/sisimai/mails");

	/**
	 * Twice what is promised: beside other tests a core does less in the same time.
	 */
	private static final Duration LIMIT = Duration.ofMillis(500);

	private static final List<String> PIECES = List.of("\n\n", "\r\n", "\r", "--b1\n", "\u0000", "<", ">", "@", "<<<",
			">>> DATA\n", "550 5.1.1 ", "Content-Transfer-Encoding: base64\n", "Content-Type: text/html\n",
			"Content-Type: message/delivery-status\n\n", "=?utf-8?b?", "charset=utf-7", "&#99999;", "\ufffd", "用户不存在",
			"Final-Recipient: rfc822; <", "Content-Type: multipart/mixed; boundary=b1\n\n", "\\x{110000}", "<style>");

	private static final List<String> SEEDS = List.of("""
			From: MAILER-DAEMON@mx.example.net
			Subject: Undelivered
			Content-Type: multipart/report; boundary="b1"

			--b1
			Content-Type: text/plain; charset=iso-2022-jp

			<ann@example.org>: host mx.example.org said: 550 5.1.1 unknown (in reply to RCPT TO command)
			--b1
			Content-Type: message/delivery-status
			Content-Transfer-Encoding: base64

			UmVwb3J0aW5nLU1UQTogZG5zOyBhCgpGaW5hbC1SZWNpcGllbnQ6IHJmYzgyMjsgYW5uQGV4YW1wbGUub3JnCg==
			--b1--
			""", """
			From: MAILER-DAEMON@mx.example.net
			Subject: failure notice

			<ann@example.org>:
			192.0.2.1 does not like recipient.
			Remote host said: 550 no such user
			--- Below this line is a copy of the message.
			Return-Path: <bounce@example.org>
			To: ann@example.org
			""", """
			From: postmaster@example.net
			Subject: =?utf-8?Q?Unzustellbar?=
			Content-Type: text/html; charset=windows-1252

			<html><body><p>Nicht zugestellt: <a href="mailto:ann@example.org">Ann</a></p>
			<style>p{}</style>#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##</body></html>
			""");

	@Test
	void noDamageMakesItThrowOrSlow() throws IOException {
		long seed = Long.getLong("herald.fuzz.seed", System.nanoTime());
		System.out.println("Fuzz of reports: -Dherald.fuzz.seed=" + seed);
		Random random = new Random(seed);
		List<byte[]> mails = seeds();
		long until = System.nanoTime() + Duration.ofSeconds(4).toNanos();
		while (System.nanoTime() < until) {
			byte[] damaged = damaged(mails.get(random.nextInt(mails.size())), random);
			assertBounded("seed " + seed, damaged);
		}
	}

	private static List<byte[]> seeds() throws IOException {
		List<byte[]> mails = new ArrayList<>();
		SEEDS.forEach((seed) -> mails.add(seed.getBytes(StandardCharsets.UTF_8)));
		if (Files.isDirectory(DATA)) {
			try (var files = Files.list(DATA)) {
				for (Path file : files.sorted().toList()) {
					mails.add(Files.readAllBytes(file));
				}
			}
		}
		return mails;
	}

	private static byte[] damaged(byte[] mail, Random random) {
		StringBuilder text = new StringBuilder(new String(mail, StandardCharsets.ISO_8859_1));
		for (int i = 0; i <= random.nextInt(8); i++) {
			int at = random.nextInt(text.length() + 1);
			switch (random.nextInt(5)) {
				case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
				case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(200)));
				case 2 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())).repeat(random.nextInt(2_000)));
				case 3 -> text.insert(at, (char) random.nextInt(256));
				default -> text.setLength(Math.max(at, 1));
			}
		}
		return text.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

	@Test
	void bombsAreBounded() {
		String text = "From: mailer-daemon@example.net\nSubject: failure notice\nX-Failed-Recipients: a@example.org\n";
		String multipart = "Content-Type: multipart/mixed; boundary=b\n\n";
		String base64 = "550 unknown ".repeat(40_000);
		for (int i = 0; i < 5; i++) {
			base64 = Base64.getMimeEncoder().encodeToString(base64.getBytes(StandardCharsets.US_ASCII));
		}
		List<String> bodies = List.of("\nContent-Transfer-Encoding: base64\n\n" + base64,
				multipart + "--b\nContent-Type: text/plain\n\n550 a@b.example\n".repeat(10_000),
				multipart + ("--b\n" + multipart).repeat(10_000),
				"\n" + "<a@example.org>: 550 5.1.1 no\n".repeat(50_000), "\n" + "a@b.example ".repeat(100_000),
				"\n" + "\"@".repeat(400_000), "\n" + "<a@".repeat(300_000), "\n" + "a".repeat(300_000) + "@example.org",
				"\n" + "mailbox for ".repeat(100_000), "\n" + "over ".repeat(200_000), "\n" + "550 ".repeat(200_000),
				"\n" + ">>> DATA\n<<< 550\n".repeat(50_000), "\n" + "original message\n".repeat(50_000),
				"\n" + "=".repeat(1_000_000), "\n" + "\u0000".repeat(1_000_000),
				"Content-Type: text/html\n\n" + "<".repeat(1_000_000),
				"Content-Type: text/html\n\n" + "<@".repeat(500_000),
				"Content-Type: text/html\n\n" + "<style>".repeat(100_000),
				"Content-Type: text/html\n\n" + "&#1;".repeat(200_000),
				"Content-Type: text/plain; charset=x-no-such\n\n" + "é".repeat(300_000),
				"Content-Type: text/plain; charset=utf-16\n\n" + "550".repeat(300_000),
				"Subject: " + "=?utf-8?b?".repeat(100_000) + "\n\n550",
				"\n{\"notificationType\":\"Bounce\"," + "{\"emailAddress\":".repeat(60_000),
				"\n{\"notificationType\":\"Bounce\",{\"emailAddress\":\"a@b.example\",\"status\":\""
						+ "x".repeat(60_000) + "\"}",
				"\n{\"notificationType\":\"Bounce\",{\"emailAddress\":\"a@b.example\",\"status\":\""
						+ "\\n".repeat(60_000) + "\"}",
				"\n" + "--x\n".repeat(200_000), "Content-Type: multipart/report\n\n" + "--x\n".repeat(200_000),
				"\n" + "Final-Recipient: rfc822; a@example.org\nAction: failed\n".repeat(20_000));
		for (String body : bodies) {
			ReportParser.parse((text + body).getBytes(StandardCharsets.UTF_8));
			assertBounded(body.substring(0, 40), (text + body).getBytes(StandardCharsets.UTF_8));
		}
	}

	@Test
	void fiftyMegabytesTakeNoLongerThanOne() {
		byte[] large = new byte[50 << 20];
		Arrays.fill(large, (byte) 'a');
		byte[] start = SEEDS.get(1).getBytes(StandardCharsets.UTF_8);
		System.arraycopy(start, 0, large, 0, start.length);
		assertBounded("50 MiB", large);
	}

	/** The shortest of three: what else the machine does only adds to it. */
	private static void assertBounded(String what, byte[] mail) {
		Duration shortest = Collections.min(List.of(taken(what, mail), taken(what, mail), taken(what, mail)));
		assertThat(shortest).as(what).isLessThan(LIMIT);
	}

	private static Duration taken(String what, byte[] mail) {
		// Of this thread, so that a busy machine is not taken for a slow parser.
		long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		Report report = ReportParser.parse(mail);
		Duration taken = Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
		assertThat(report.recipients()).as(what).hasSizeLessThanOrEqualTo(DeliveryStatus.MAX_RECIPIENTS);
		return taken;
	}

}
