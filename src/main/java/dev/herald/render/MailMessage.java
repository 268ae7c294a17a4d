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
 * One MIME message: plain text and HTML, both UTF-8 in the shorter of quoted-printable
 * and base64, so 7 bit clean and in short lines. It comes out the same, byte for byte,
 * for the same input: its boundary holds a sign that neither encoding can produce.
 */
final class MailMessage extends MimeMessage {

	private static final String BOUNDARY = "=_herald";

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z",
			Locale.ENGLISH);

	/** Kept: making one reads files of every mail library on the class path. */
	private static final Session ASCII = session(false);

	private static final Session UTF8 = session(true);

	private final String messageId;

	MailMessage(String messageId, Instant date, boolean utf8Headers) throws MessagingException {
		super(utf8Headers ? UTF8 : ASCII);
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

	byte[] write(String text, String html) throws MessagingException, IOException {
		MimeMultipart parts = new Alternative();
		parts.addBodyPart(part(text, "plain"));
		parts.addBodyPart(part(html, "html"));
		setContent(parts);
		saveChanges();
		ByteArrayOutputStream out = new ByteArrayOutputStream(2 * (text.length() + html.length()));
		writeTo(out);
		return out.toByteArray();
	}

	private static MimeBodyPart part(String content, String subtype) throws MessagingException {
		MimeBodyPart part = new MimeBodyPart();
		String canonical = content.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
		part.setText(canonical, StandardCharsets.UTF_8.name(), subtype);
		part.setHeader("Content-Transfer-Encoding", shorterEncoding(canonical.getBytes(StandardCharsets.UTF_8)));
		return part;
	}

	/** Quoted-printable takes three octets for one that it escapes, base64 4/3 each. */
	private static String shorterEncoding(byte[] content) {
		long escaped = 0;
		for (byte octet : content) {
			if (octet < 0 || octet == '=') {
				escaped++;
			}
		}
		return (content.length + 2 * escaped <= content.length * 4L / 3) ? "quoted-printable" : "base64";
	}

	private static final class Alternative extends MimeMultipart {

		Alternative() {
			super("alternative");
			this.contentType = "multipart/alternative; boundary=\"" + BOUNDARY + "\"";
		}

	}

}
