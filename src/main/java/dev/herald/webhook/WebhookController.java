package dev.herald.webhook;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * Where providers post their events. 200 says that all of them are committed; whatever
 * else is answered makes a provider try again.
 */
@Controller
@ConditionalOnWebApplication
class WebhookController {

	/** Providers send up to a thousand or so at once. */
	private static final int MAX_EVENTS = 10_000;

	private final Webhooks webhooks;

	private final RareWarnings warnings;

	private final int maxBytes;

	WebhookController(Webhooks webhooks, RareWarnings warnings, WebhookSettings settings) {
		this.webhooks = webhooks;
		this.warnings = warnings;
		this.maxBytes = Math.toIntExact(settings.maxBody().toBytes());
	}

	/** OPTIONS has to be named: Spring answers it by itself otherwise. */
	@RequestMapping(path = "/webhooks/{key}", method = { RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS,
			RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE })
	ResponseEntity<String> other() {
		return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
			.header(HttpHeaders.ALLOW, "POST")
			.contentType(MediaType.TEXT_PLAIN)
			.body("POST events here\n");
	}

	@PostMapping("/webhooks/{key}")
	ResponseEntity<String> post(@PathVariable String key, @RequestHeader HttpHeaders headers,
			HttpServletRequest request) throws IOException {
		Optional<Provider> provider = this.webhooks.find(key);
		if (provider.isEmpty()) {
			return answer(HttpStatus.NOT_FOUND, "no such webhook");
		}
		byte[] body = body(request);
		if (body == null) {
			return refused(provider.get(), HttpStatus.CONTENT_TOO_LARGE, "it is too large");
		}
		try {
			return take(provider.get(), provider.get().open(new WebhookRequest(headers, body)));
		}
		catch (JacksonException ex) {
			return refused(provider.get(), HttpStatus.BAD_REQUEST, "it is not JSON, or nests too deep");
		}
		catch (DataAccessException | TransactionException ex) {
			return refused(provider.get(), HttpStatus.SERVICE_UNAVAILABLE, "the database is away");
		}
	}

	/** Null where there is more than the limit. */
	private byte @Nullable [] body(HttpServletRequest request) throws IOException {
		if (request.getContentLengthLong() > this.maxBytes) {
			return null;
		}
		byte[] body = request.getInputStream().readNBytes(this.maxBytes + 1);
		return (body.length > this.maxBytes) ? null : body;
	}

	private ResponseEntity<String> take(Provider provider, Opened opened) {
		if (opened instanceof Opened.Unproven unproven) {
			return refused(provider, HttpStatus.FORBIDDEN, unproven.why());
		}
		if (opened instanceof Opened.Undecided undecided) {
			return refused(provider, HttpStatus.SERVICE_UNAVAILABLE, undecided.why());
		}
		List<JsonNode> events = ((Opened.Events) opened).events();
		if (events.size() > MAX_EVENTS) {
			return refused(provider, HttpStatus.CONTENT_TOO_LARGE, "it has more than 10,000 events");
		}
		this.webhooks.record(provider, events);
		return answer(HttpStatus.OK, "recorded");
	}

	private ResponseEntity<String> refused(Provider provider, HttpStatus status, String why) {
		this.warnings.warn("A request to the webhook of " + provider.name() + " was answered " + status.value(), why);
		return answer(status, status == HttpStatus.FORBIDDEN ? "not proven to be of " + provider.name() : why);
	}

	private static ResponseEntity<String> answer(HttpStatus status, String text) {
		return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(text + "\n");
	}

}
