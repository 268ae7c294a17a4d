package dev.herald.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.herald.returns.AmazonEvent;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Amazon SES, which tells by way of SNS. A mail is named by its envelope sender and by
 * its own Message-ID.
 */
@Component
class AmazonSes implements Provider {

	private final SnsMessages messages;

	AmazonSes(SnsMessages messages) {
		this.messages = messages;
	}

	@Override
	public String key() {
		return "ses";
	}

	@Override
	public String name() {
		return "Amazon SES";
	}

	@Override
	public boolean configured() {
		return this.messages.expected();
	}

	@Override
	public Opened open(WebhookRequest request) {
		return this.messages.open(Json.parse(request.body()));
	}

	@Override
	public Optional<Told> read(JsonNode event) {
		List<String> traces = traces(event.path("mail"));
		return AmazonEvent.isDeparture(event) ? Optional.of(new Told.Departure(traces))
				: AmazonEvent.read(event).map((report) -> new Told.Fact(report, traces));
	}

	private static List<String> traces(JsonNode mail) {
		List<String> traces = new ArrayList<>();
		traces.add(Json.text(mail, "source"));
		traces.add(Json.text(mail, "commonHeaders", "messageId"));
		for (JsonNode header : Json.elements(mail.path("headers"))) {
			if (Json.text(header, "name").equalsIgnoreCase("Message-ID")) {
				traces.add(Json.text(header, "value"));
			}
		}
		return traces;
	}

}
