package dev.herald.person;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.settings.Installation;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;

/**
 * One plain text mail. Nothing that a reader has typed is in it but the address that it
 * goes to: whoever asks for mails to a stranger can't say anything in them.
 *
 * @param header with the empty line behind it
 */
record RequestMail(EmailAddress envelopeSender, EmailAddress recipient, byte[] header, byte[] body) {

	private static final String END = "\r\n";

	static RequestMail of(ReaderRequest request, Newsletter newsletter, String link, RequestWords words,
			Installation installation, Instant now) {
		String key = request.kind().name().toLowerCase(Locale.ROOT);
		String host = installation.baseUrl().getHost();
		String text = filled(words.say(key + ".text"), host, link, until(request, words)) + "\n\n"
				+ filled(words.say("end"), host, link, "") + "\n";
		return new RequestMail(EmailAddress.parse(installation.bounceAddress()), request.address(),
				header(request, newsletter.sender(), filled(words.say(key + ".subject"), host, "", ""), now),
				quotedPrintable(text.replace("\n", END)));
	}

	private static String filled(String words, String host, String link, String until) {
		return words.replace("{host}", host).replace("{link}", link).replace("{until}", until);
	}

	/** In UTC: these mails also go to people whose zone nobody knows. */
	private static String until(ReaderRequest request, RequestWords words) {
		return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
			.withLocale(Locale.forLanguageTag(words.say("language")))
			.format(request.expiresAt().atOffset(ZoneOffset.UTC)) + " UTC";
	}

	private static byte[] header(ReaderRequest request, Mailbox sender, String subject, Instant now) {
		StringBuilder fields = new StringBuilder();
		field(fields, "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
		field(fields, "From", mailbox(sender));
		field(fields, "To", "<" + request.address().value() + ">");
		field(fields, "Subject", encoded(subject));
		// The same for each attempt, and no token: relays write it into their logs.
		field(fields, "Message-ID", "<request.%d.%d@%s>".formatted(request.id(), request.askedAt().getEpochSecond(),
				sender.address().domain()));
		field(fields, "MIME-Version", "1.0");
		field(fields, "Content-Type", "text/plain; charset=UTF-8");
		field(fields, "Content-Transfer-Encoding", "quoted-printable");
		// RFC 3834: no vacation answer wanted.
		field(fields, "Auto-Submitted", "auto-generated");
		return fields.append(END).toString().getBytes(StandardCharsets.UTF_8);
	}

	private static void field(StringBuilder fields, String name, String value) {
		fields.append(name).append(": ").append(MimeUtility.fold(name.length() + 2, value)).append(END);
	}

	private static String mailbox(Mailbox mailbox) {
		try {
			return new InternetAddress(mailbox.address().value(), mailbox.name(), "UTF-8").toString();
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException("Every Java has UTF-8", ex);
		}
	}

	private static String encoded(String text) {
		try {
			return MimeUtility.encodeText(text, "UTF-8", "B");
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException("Every Java has UTF-8", ex);
		}
	}

	private static byte[] quotedPrintable(String text) {
		ByteArrayOutputStream octets = new ByteArrayOutputStream();
		try (OutputStream encoder = MimeUtility.encode(octets, "quoted-printable")) {
			encoder.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException | MessagingException ex) {
			throw new IllegalStateException("In memory nothing fails", ex);
		}
		return octets.toByteArray();
	}

	byte[] octets() {
		return joined(this.header, this.body);
	}

	static byte[] joined(byte[] first, byte[] second) {
		ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
		both.writeBytes(first);
		both.writeBytes(second);
		return both.toByteArray();
	}

}
