package dev.herald.returns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.herald.returns.Report.ReportedRecipient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replies that mail systems document, each as a report would carry it. What is expected
 * was written before the parser read them; docs/bounces.md has the figures of that first
 * reading.
 */
class DocumentedRepliesTests {

	/** Hard where the address lives: the error that costs a reader. */
	@Test
	void noReplyOfALivingAddressIsHard() throws IOException {
		assertThat(replies()).filteredOn((reply) -> reply.bounceClass() == BounceClass.SOFT)
			.filteredOn((reply) -> reply.read().bounceClass() == BounceClass.HARD)
			.isEmpty();
	}

	@Test
	void repliesAreReadAsDocumented() throws IOException {
		List<Reply> replies = replies();
		List<String> wrong = new ArrayList<>();
		int classes = 0;
		int reasons = 0;
		for (Reply reply : replies) {
			ReportedRecipient read = reply.read();
			classes += (read.bounceClass() == reply.bounceClass()) ? 1 : 0;
			reasons += read.reason().equals(reply.reason()) ? 1 : 0;
			if (!read.reason().equals(reply.reason()) || read.bounceClass() != reply.bounceClass()) {
				wrong.add(reply + " read as " + read.bounceClass() + " " + read.reason());
			}
		}
		System.out.println("Documented replies: %d, class %.1f %%, reason %.1f %%".formatted(replies.size(),
				100.0 * classes / replies.size(), 100.0 * reasons / replies.size()));
		wrong.forEach(System.out::println);
		assertThat(100.0 * classes / replies.size()).isGreaterThanOrEqualTo(99);
		assertThat(100.0 * reasons / replies.size()).isGreaterThanOrEqualTo(98);
	}

	private static List<Reply> replies() throws IOException {
		try (InputStream stream = DocumentedRepliesTests.class.getResourceAsStream("replies.txt")) {
			String table = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
			return table.lines().filter((line) -> line.contains("|") && !line.startsWith("#")).map(Reply::of).toList();
		}
	}

	private record Reply(BounceClass bounceClass, String reason, String stage, String text) {

		static Reply of(String line) {
			String[] cells = line.split("\\|", 3);
			String[] expected = cells[0].strip().split(" +", -1);
			return new Reply(BounceClass.valueOf(expected[0].toUpperCase(Locale.ROOT)), expected[1], cells[1].strip(),
					cells[2].strip());
		}

		ReportedRecipient read() {
			Report report = ReportParser.parse(mail().getBytes(StandardCharsets.UTF_8));
			assertThat(report.recipients()).as(this.text).hasSize(1);
			return report.recipients().get(0);
		}

		/** As Postfix writes it: the code of the reply, else one that says nothing. */
		private String mail() {
			String status = StatusCodes.enhanced(this.text);
			String diagnostic = this.text.contains("; ") && this.text.matches("(?i)^[a-z-]+;.*") ? this.text
					: "smtp; " + this.text;
			return """
					Content-Type: multipart/report; report-type=delivery-status; boundary=x

					--x
					Content-Type: message/delivery-status

					Reporting-MTA: dns; relay.example.org

					Final-Recipient: rfc822; ann@example.net
					Action: failed
					Status: %s
					Diagnostic-Code: %s%s
					""".formatted(status.isEmpty() ? silent() : status, diagnostic, inReplyTo());
		}

		private String silent() {
			return (StatusCodes.reply(this.text) / 100 == 4) ? "4.0.0" : "5.0.0";
		}

		private String inReplyTo() {
			return switch (this.stage) {
				case "connect" -> " (in reply to initial greeting)";
				case "mail" -> " (in reply to MAIL FROM command)";
				case "rcpt" -> " (in reply to RCPT TO command)";
				case "data" -> " (in reply to end of DATA command)";
				default -> "";
			};
		}

	}

}
