package dev.herald.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.testing.ScriptedSmtpServer.Received;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/** A mail as its reader's program takes it apart: plain text, then HTML. */
public record ReceivedMail(MimeMessage message, String text, String html) {

	public static ReceivedMail of(Received received) {
		try {
			MimeMessage message = new MimeMessage(Session.getInstance(new Properties()),
					new ByteArrayInputStream(received.content()));
			MimeMultipart parts = (MimeMultipart) message.getContent();
			return new ReceivedMail(message, (String) parts.getBodyPart(0).getContent(),
					(String) parts.getBodyPart(1).getContent());
		}
		catch (MessagingException | IOException ex) {
			throw new AssertionError(ex);
		}
	}

	/** Empty where there is none. */
	public String header(String name) {
		try {
			String value = this.message.getHeader(name, ", ");
			return (value != null) ? value : "";
		}
		catch (MessagingException ex) {
			throw new AssertionError(ex);
		}
	}

	public String subject() {
		try {
			return this.message.getSubject();
		}
		catch (MessagingException ex) {
			throw new AssertionError(ex);
		}
	}

	/** What follows in the first link of the text that has this path. */
	public String token(String path) {
		Matcher link = Pattern.compile(path + "([a-z2-7]{40})").matcher(this.text);
		if (!link.find()) {
			throw new AssertionError("No " + path + " in: " + this.text);
		}
		return link.group(1);
	}

}
