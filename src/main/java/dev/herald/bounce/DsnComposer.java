package dev.herald.bounce;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.digest.Sha256;

/**
 * Composes the report that a mail server sends back (RFC 3464): the built-in mailbox of a
 * rehearsal bounces with it. Thread-safe.
 */
public final class DsnComposer {

	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private DsnComposer() {
	}

	/**
	 * @return the whole mail with CRLF line ends, for the null envelope sender
	 */
	public static byte[] compose(Refusal refusal) {
		byte[] header = header(refusal.original());
		String boundary = "=_report_" + Sha256.hex(refusal.original());
		String mail = """
				From: Mail Delivery System <MAILER-DAEMON@%1$s>
				To: <%2$s>
				Subject: Undelivered mail returned to sender
				Date: %3$s
				Message-ID: <%4$s@%1$s>
				Auto-Submitted: auto-replied
				MIME-Version: 1.0
				Content-Type: multipart/report; report-type=delivery-status;
				 boundary="%5$s"

				--%5$s
				Content-Type: text/plain; charset=us-ascii

				Your mail to %6$s could not be delivered:

				    %8$s

				--%5$s
				Content-Type: message/delivery-status

				Reporting-MTA: dns; %1$s
				Arrival-Date: %3$s

				Original-Recipient: rfc822; %6$s
				Final-Recipient: rfc822; %6$s
				Action: %7$s
				Status: %9$s
				Diagnostic-Code: smtp; %8$s

				--%5$s
				Content-Type: text/rfc822-headers
				Content-Transfer-Encoding: 8bit

				""".formatted(refusal.reportingMta(), refusal.envelopeSender(), DATE.format(refusal.at()),
				Sha256.hex(boundary + refusal.recipient()), boundary, refusal.recipient(),
				refusal.status().startsWith("4") ? "delayed" : "failed", refusal.diagnostic(), refusal.status());
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(crlf(mail));
		bytes.writeBytes(header);
		bytes.writeBytes(crlf("\n--" + boundary + "--\n"));
		return bytes.toByteArray();
	}

	private static byte[] crlf(String text) {
		return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
	}

	/** Up to the blank line, without it. */
	private static byte[] header(byte[] mail) {
		for (int i = 0; i + 3 < mail.length; i++) {
			if (mail[i] == '\r' && mail[i + 1] == '\n' && mail[i + 2] == '\r' && mail[i + 3] == '\n') {
				return Arrays.copyOf(mail, i + 2);
			}
		}
		return mail;
	}

	/**
	 * One recipient that was refused.
	 *
	 * @param reportingMta the host name of the server that reports
	 * @param envelopeSender of the mail: where the report goes
	 * @param status the enhanced status code; one that begins with 4 makes a notice of
	 * delay
	 * @param diagnostic the reply in one line; line breaks and what is not ASCII are
	 * replaced
	 * @param original the mail with CRLF line ends; its header is returned
	 * @param at the time of the report
	 */
	public record Refusal(String reportingMta, EmailAddress envelopeSender, EmailAddress recipient, String status,
			String diagnostic, byte[] original, Instant at) {

		public Refusal {
			reportingMta = reportingMta.replaceAll("[^A-Za-z0-9.-]", "-");
			diagnostic = diagnostic.substring(0, Math.min(diagnostic.length(), 800)).replaceAll("[^ -~]", "?");
			if (!status.matches("[245]\\.\\d{1,3}\\.\\d{1,3}")) {
				throw new IllegalArgumentException("No enhanced status code: " + status);
			}
		}

	}

}
