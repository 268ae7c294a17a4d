package dev.herald.render;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;

import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mail read by Apache James Mime4j, which shares no code with the Angus Mail that
 * Herald writes header fields with: strictly, so that what a lenient reader would mend is
 * an error.
 */
record ParsedMail(Message message) {

	static ParsedMail of(OutgoingMessage outgoing) {
		DefaultMessageBuilder reader = new DefaultMessageBuilder();
		// RFC 5322 section 2.1.1, with the CRLF.
		reader.setMimeEntityConfig(MimeConfig.custom().setStrictParsing(true).setMaxLineLen(1000).build());
		reader.setDecodeMonitor(DecodeMonitor.STRICT);
		try {
			return new ParsedMail(reader.parseMessage(new ByteArrayInputStream(outgoing.content())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A field that it has once, as written, folds and all. */
	String field(String name) {
		List<Field> fields = this.message.getHeader().getFields(name);
		assertThat(fields).as(name).hasSize(1);
		return fields.get(0).getBody().strip();
	}

	/** Whom it is for, decoded; empty where no name is given. */
	String name() {
		String name = ((Mailbox) this.message.getTo().get(0)).getName();
		return (name != null) ? name : "";
	}

	List<String> charsets() {
		return parts().stream().map(Entity::getCharset).toList();
	}

	List<String> types() {
		return parts().stream().map(Entity::getMimeType).toList();
	}

	String text() {
		return content(0);
	}

	String html() {
		return content(1);
	}

	private List<Entity> parts() {
		return ((Multipart) this.message.getBody()).getBodyParts();
	}

	/** Its octets in the charset that it states. */
	private String content(int part) {
		Entity entity = parts().get(part);
		try {
			ByteArrayOutputStream octets = new ByteArrayOutputStream();
			((SingleBody) entity.getBody()).writeTo(octets);
			String text = octets.toString(Charset.forName(entity.getCharset()));
			assertThat(text.replace("\r\n", "")).as("line ends of " + entity.getMimeType())
				.doesNotContain("\r")
				.doesNotContain("\n");
			return text.replace("\r\n", "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
