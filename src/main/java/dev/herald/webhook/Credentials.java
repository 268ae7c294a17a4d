package dev.herald.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import org.springframework.http.HttpHeaders;

/**
 * What a request must bring in its Authorization field (RFC 7617, RFC 6750).
 *
 * @param scheme with the space behind it
 */
record Credentials(String scheme, String value) {

	static Credentials basic(String username, String password) {
		return new Credentials("Basic ",
				Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)));
	}

	static Credentials bearer(String token) {
		return new Credentials("Bearer ", token);
	}

	/** Compares in constant time. */
	boolean in(WebhookRequest request) {
		String given = request.header(HttpHeaders.AUTHORIZATION);
		return given.regionMatches(true, 0, this.scheme, 0, this.scheme.length())
				&& MessageDigest.isEqual(given.substring(this.scheme.length()).strip().getBytes(StandardCharsets.UTF_8),
						this.value.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return this.scheme + "…";
	}

}
