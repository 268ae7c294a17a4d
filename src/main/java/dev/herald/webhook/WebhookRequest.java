package dev.herald.webhook;

import java.util.Objects;

import org.springframework.http.HttpHeaders;

/**
 * @param body as it came: signatures are over its octets
 */
record WebhookRequest(HttpHeaders headers, byte[] body) {

	/** The first of that name, or empty text. */
	String header(String name) {
		return Objects.requireNonNullElse(this.headers.getFirst(name), "");
	}

}
