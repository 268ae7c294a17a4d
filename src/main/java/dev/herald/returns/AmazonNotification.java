package dev.herald.returns;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.herald.returns.Report.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event of Amazon SES by way of SNS to a mailbox: a mail whose text begins with its
 * JSON. SNS writes below it how to leave the topic.
 */
final class AmazonNotification {

	private static final Pattern BEGINNING = Pattern
		.compile("^\\s{0,10}\\{\\s{0,10}\"(?:notificationType|eventType)\"");

	private AmazonNotification() {
	}

	static Optional<Report> read(MailPart root) {
		String text = root.parts().isEmpty() ? MailText.of(root) : "";
		if (!BEGINNING.matcher(text).find()) {
			return Optional.empty();
		}
		try {
			JsonNode event = Json.READER.readValue(text);
			return Optional.of(AmazonEvent.read(event).orElseGet(() -> new Report(Kind.OTHER, List.of())));
		}
		catch (JacksonException ex) {
			// Cut off: perhaps its text still says something.
			return Optional.empty();
		}
	}

	/** Made when the first such mail comes; most installations never get one. */
	private static final class Json {

		private static final int MAX_DEPTH = 50;

		static final ObjectReader READER = JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
				// A mail server may have folded the line.
				.enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
				.build())
			.build()
			.readerFor(JsonNode.class)
			.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	}

}
