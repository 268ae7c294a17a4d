package dev.herald.render;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/**
 * A mail as Angus Mail writes it, header fields, transfer encodings and all: what spliced
 * mails are held against.
 */
final class MailMessage extends MimeMessage {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z",
			Locale.ENGLISH);

	private final String messageId;

	MailMessage(String messageId, Instant date, boolean utf8Headers) throws MessagingException {
		super(session(utf8Headers));
		this.messageId = messageId;
		setHeader("Date", DATE.format(date.atOffset(ZoneOffset.UTC)));
	}

	private static Session session(boolean utf8Headers) {
		Properties properties = new Properties();
		properties.setProperty("mail.mime.allowutf8", Boolean.toString(utf8Headers));
		return Session.getInstance(properties);
	}

	/** Keeps ours: saving would make up a new one. */
	@Override
	protected void updateMessageID() throws MessagingException {
		setHeader("Message-ID", this.messageId);
	}

	byte[] write(MimeBodyPart text, MimeBodyPart html) throws MessagingException, IOException {
		MimeMultipart parts = new Alternative();
		parts.addBodyPart(text);
		parts.addBodyPart(html);
		setContent(parts);
		saveChanges();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		writeTo(out);
		return out.toByteArray();
	}

	static MimeBodyPart part(String content, String subtype, String encoding) throws MessagingException {
		MimeBodyPart part = new MimeBodyPart();
		part.setText(canonical(content), StandardCharsets.UTF_8.name(), subtype);
		part.setHeader("Content-Transfer-Encoding", encoding);
		return part;
	}

	static String shorterEncoding(String content) {
		byte[] octets = canonical(content).getBytes(StandardCharsets.UTF_8);
		long escaped = 0;
		for (byte octet : octets) {
			if (octet < 0 || octet == '=') {
				escaped++;
			}
		}
		return (octets.length + 2 * escaped <= octets.length * 4L / 3) ? "quoted-printable" : "base64";
	}

	private static String canonical(String content) {
		return content.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
	}

	private static final class Alternative extends MimeMultipart {

		Alternative() {
			super("alternative");
			this.contentType = "multipart/alternative; boundary=\"=_herald\"";
		}

	}

}
