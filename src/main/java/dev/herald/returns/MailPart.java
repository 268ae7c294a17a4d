package dev.herald.returns;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mail, or one part of it. A multipart has parts and no content; any other has its
 * content, decoded. Immutable.
 */
record MailPart(HeaderFields fields, byte[] content, List<MailPart> parts) {

	private static final Pattern BOUNDARY = Pattern.compile("(?i);\\s*boundary\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;]+))");

	/** Lower case, without parameters; text/plain where it is not said (RFC 2045). */
	String type() {
		return type(this.fields);
	}

	static String type(HeaderFields fields) {
		String value = fields.first("content-type");
		String type = value.replaceAll("(?s);.*", "").strip().toLowerCase(Locale.ROOT);
		return type.contains("/") ? type : "text/plain";
	}

	static Optional<String> boundary(HeaderFields fields) {
		Matcher matcher = BOUNDARY.matcher(fields.first("content-type"));
		if (!type(fields).startsWith("multipart/") || !matcher.find()) {
			return Optional.empty();
		}
		String boundary = (matcher.group(1) != null) ? matcher.group(1) : matcher.group(2);
		return Optional.of(boundary.stripTrailing()).filter((text) -> !text.isEmpty());
	}

	/** This part and all below it, in order. What is in an attached mail is not below. */
	Stream<MailPart> all() {
		return Stream.concat(Stream.of(this), this.parts.stream().flatMap(MailPart::all));
	}

	String text() {
		return HeaderFields.text(this.content);
	}

}
