package dev.herald.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.herald.returns.BounceReason;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.ToldReply;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Brevo's transactional webhooks: one event or a list, with a token or a password that
 * its owner gave. Its message-id is its own, or the mail's: a mail is named by the field
 * that Herald put into its header.
 */
@Component
class Brevo implements Provider {

	private final List<Credentials> accepted = new ArrayList<>();

	Brevo(WebhookSettings settings) {
		WebhookSettings.Brevo brevo = settings.brevo();
		if (!brevo.token().isBlank()) {
			this.accepted.add(Credentials.bearer(brevo.token()));
		}
		if (!brevo.password().isBlank()) {
			this.accepted.add(Credentials.basic(brevo.username(), brevo.password()));
		}
	}

	@Override
	public String key() {
		return "brevo";
	}

	@Override
	public String name() {
		return "Brevo";
	}

	@Override
	public boolean configured() {
		return !this.accepted.isEmpty();
	}

	@Override
	public Opened open(WebhookRequest request) {
		return this.accepted.stream().anyMatch((one) -> one.in(request))
				? new Opened.Events(Json.events(Json.parse(request.body())))
				: new Opened.Unproven("its token or password is missing or wrong");
	}

	@Override
	public Optional<Told> read(JsonNode event) {
		String address = Json.text(event, "email");
		String what = Json.text(event, "event");
		String reason = Json.text(event, "reason");
		List<String> traces = List.of("<" + Json.text(event, "X-Mailin-custom") + "@", Json.text(event, "message-id"));
		return switch (what) {
			case "hard_bounce" -> failed(what, reason, BounceReason.USER_UNKNOWN, address, traces);
			case "soft_bounce", "error" -> failed(what, reason, BounceReason.UNDEFINED, address, traces);
			// Brevo's own doing: its text is not read as a server's reply.
			case "invalid_email" -> failed(what, "", BounceReason.USER_UNKNOWN, address, traces);
			case "blocked" -> failed(what, "", BounceReason.UNDEFINED, address, traces);
			case "deferred" -> Optional.of(Told.of(Kind.DELAY, ToldReply.delayed(address, "", reason), traces));
			case "delivered" -> Optional.of(Told.of(Kind.DELIVERED, ToldReply.delivered(address, reason), traces));
			case "spam", "complaint" ->
				Optional.of(Told.of(Kind.COMPLAINT, ToldReply.complained(address, "Brevo: " + what), traces));
			case "unsubscribe", "unsubscribed" -> Optional.of(new Told.Departure(traces));
			default -> Optional.empty();
		};
	}

	private static Optional<Told> failed(String what, String reason, BounceReason otherwise, String address,
			List<String> traces) {
		return Optional
			.of(Told.of(Kind.BOUNCE, ToldReply.failed(address, "", reason, otherwise, "Brevo: " + what), traces));
	}

}
