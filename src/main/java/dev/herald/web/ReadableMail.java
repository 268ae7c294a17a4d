package dev.herald.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;

/**
 * A mail, taken apart for a page. Public for the view.
 *
 * @param html the first HTML part, or empty
 * @param text the first plain text part, or empty
 * @param trouble why it could not be taken apart wholly, or empty
 */
public record ReadableMail(String subject, String from, String to, String date, String html, String text,
		String trouble) {

	/** Deeper than any mail that is not made to hurt. */
	private static final int MAX_DEPTH = 10;

	private static final int MAX_SOURCE = 500_000;

	/** What a browser shows and runs nothing of. */
	private static final Pattern PICTURE = Pattern.compile("image/(?:png|jpeg|gif|webp)\\b", Pattern.CASE_INSENSITIVE);

	private static final Pattern HEAD = Pattern.compile("<head(?:\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);

	static ReadableMail parse(byte[] content) {
		try {
			MimeMessage message = new MimeMessage(Session.getInstance(new Properties()),
					new ByteArrayInputStream(content));
			Parts parts = new Parts();
			String trouble = parts.collect(message);
			return new ReadableMail(field(message, "Subject"), field(message, "From"), field(message, "To"),
					field(message, "Date"), parts.shownHtml(), parts.text, trouble);
		}
		catch (MessagingException ex) {
			return new ReadableMail("", "", "", "", "", "", String.valueOf(ex.getMessage()));
		}
	}

	private static String field(MimeMessage message, String name) throws MessagingException {
		String raw = message.getHeader(name, ", ");
		if (raw == null) {
			return "";
		}
		try {
			return MimeUtility.decodeText(MimeUtility.unfold(raw));
		}
		catch (UnsupportedEncodingException ex) {
			return raw;
		}
	}

	/** As it is on disk; UTF-8 where it is that, else byte by byte. */
	static String source(byte[] content) {
		int length = Math.min(content.length, MAX_SOURCE);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, 0, length)).toString();
		}
		catch (CharacterCodingException ex) {
			return new String(content, 0, length, StandardCharsets.ISO_8859_1);
		}
	}

	/** A link in a frame would open inside it, where most sites refuse to be shown. */
	static String withLinksInTabs(String html) {
		Matcher head = HEAD.matcher(html);
		String base = "<base target=\"_blank\">";
		return head.find() ? html.substring(0, head.end()) + base + html.substring(head.end()) : base + html;
	}

	private static final class Parts {

		private String html = "";

		/** By Content-ID, as data: addresses. */
		private final Map<String, String> pictures = new LinkedHashMap<>();

		private String text = "";

		String collect(Part message) {
			try {
				walk(message, 0);
				return "";
			}
			catch (MessagingException | IOException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

		/** A browser knows no cid: addresses. */
		String shownHtml() {
			String shown = this.html;
			for (Map.Entry<String, String> picture : this.pictures.entrySet()) {
				shown = shown.replace("\"cid:" + picture.getKey() + "\"", "\"" + picture.getValue() + "\"");
			}
			return shown;
		}

		private void walk(Part part, int depth) throws MessagingException, IOException {
			if (depth > MAX_DEPTH || Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
				return;
			}
			String[] id = part.getHeader("Content-ID");
			Matcher picture = PICTURE.matcher(String.valueOf(part.getContentType()));
			if (id != null && picture.lookingAt()) {
				byte[] octets = part.getInputStream().readNBytes(MAX_SOURCE);
				this.pictures.put(id[0].strip().replaceAll("^<|>$", ""), "data:%s;base64,%s"
					.formatted(picture.group().toLowerCase(Locale.ROOT), Base64.getEncoder().encodeToString(octets)));
				return;
			}
			Object content = (part.isMimeType("text/*") || part.isMimeType("multipart/*")) ? part.getContent() : "";
			if (content instanceof Multipart multipart) {
				for (int i = 0; i < multipart.getCount(); i++) {
					walk(multipart.getBodyPart(i), depth + 1);
				}
			}
			else if (content instanceof String words && part.isMimeType("text/html") && this.html.isEmpty()) {
				this.html = words;
			}
			else if (content instanceof String words && part.isMimeType("text/plain") && this.text.isEmpty()) {
				this.text = words;
			}
		}

	}

}
