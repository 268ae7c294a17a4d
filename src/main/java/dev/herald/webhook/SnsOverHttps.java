package dev.herald.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.springframework.stereotype.Component;

/** Follows no redirect: who may answer was decided by the host. Thread-safe. */
@Component
class SnsOverHttps implements SnsFetch {

	/** A certificate has 2 KB, the answer to a confirmation less. */
	private static final int MAX_BYTES = 64 * 1024;

	private static final Duration CONNECT = Duration.ofSeconds(5);

	private static final Duration ANSWER = Duration.ofSeconds(10);

	@Override
	public byte[] get(URI address) throws IOException {
		// A new one each time: it has a thread of its own, and is needed about once a
		// year.
		HttpClient client = HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(CONNECT)
			.build();
		HttpRequest request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
		try {
			HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
			try (InputStream body = response.body()) {
				if (response.statusCode() != 200) {
					throw new IOException("status " + response.statusCode());
				}
				byte[] bytes = body.readNBytes(MAX_BYTES + 1);
				if (bytes.length > MAX_BYTES) {
					throw new IOException("more than 64 KB");
				}
				return bytes;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("interrupted");
		}
	}

}
