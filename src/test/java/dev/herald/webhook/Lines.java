package dev.herald.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.herald.returns.Report.ReportedRecipient;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpHeaders;

/** What tests of providers have in common. */
final class Lines {

	static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

	static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

	private Lines() {
	}

	/** One line an event: kind, class, reason, status, action, address, evidence. */
	static String read(Provider provider, String event) {
		return provider.read(Json.parse(event)).map(Lines::line).orElse("nothing");
	}

	private static String line(Told told) {
		if (told instanceof Told.Fact fact) {
			return fact.report()
				.recipients()
				.stream()
				.map((one) -> fact.report().kind() + " " + line(one))
				.collect(Collectors.joining("\n"));
		}
		return "DEPARTURE";
	}

	private static String line(ReportedRecipient one) {
		return "%s %s %s %s %s | %s".formatted(one.bounceClass(), one.reason(),
				one.status().isEmpty() ? "-" : one.status(), one.action().isEmpty() ? "-" : one.action(),
				one.address().isEmpty() ? "-" : one.address(), one.evidence());
	}

	static List<String> traces(Provider provider, String event) {
		return provider.read(Json.parse(event)).map(Told::traces).orElse(List.of());
	}

	static WebhookSettings settings(String... namesAndValues) {
		Map<String, String> map = new java.util.HashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			map.put("herald.webhooks." + namesAndValues[i], namesAndValues[i + 1]);
		}
		return new Binder(new MapConfigurationPropertySource(map)).bindOrCreate("herald.webhooks",
				WebhookSettings.class);
	}

	static WebhookRequest request(byte[] body, String... namesAndValues) {
		HttpHeaders headers = new HttpHeaders();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			headers.add(namesAndValues[i], namesAndValues[i + 1]);
		}
		return new WebhookRequest(headers, body);
	}

	static String why(Opened opened) {
		return (opened instanceof Opened.Unproven unproven) ? unproven.why()
				: (opened instanceof Opened.Undecided undecided) ? "undecided: " + undecided.why() : opened.toString();
	}

	static String secondsAgo(Duration age) {
		return String.valueOf(NOW.minus(age).getEpochSecond());
	}

	static Optional<Opened.Events> events(Opened opened) {
		return (opened instanceof Opened.Events events) ? Optional.of(events) : Optional.empty();
	}

}
