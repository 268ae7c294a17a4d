package dev.herald.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.mailbox.StoredMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;

/** A reader's mail program: presses "unsubscribe" as RFC 8058 has it. */
final class DemoReader {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final BuiltInMailbox mailbox;

	DemoReader(BuiltInMailbox mailbox) {
		this.mailbox = mailbox;
	}

	/**
	 * Takes the first mail whose reader still has a mailbox, and posts to the address in
	 * its List-Unsubscribe field.
	 * @return whose mail it was
	 */
	StoredMail unsubscribe() throws IOException, InterruptedException, MessagingException {
		StoredMail mail = this.mailbox.list(0, DemoReaders.NUMBER)
			.stream()
			.filter((stored) -> !DemoReaders.isGone(stored.recipient()) && !DemoReaders.isFull(stored.recipient()))
			.findFirst()
			.orElseThrow();
		HttpRequest request = HttpRequest.newBuilder(oneClickAddress(this.mailbox.read(mail.id())))
			.timeout(PATIENCE)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
			.build();
		HttpResponse<Void> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
		if (response.statusCode() != 200) {
			throw new IOException("The one-click address answered " + response.statusCode());
		}
		return mail;
	}

	private static URI oneClickAddress(byte[] mail) throws MessagingException {
		InternetHeaders headers = new InternetHeaders(new ByteArrayInputStream(mail), true);
		String field = headers.getHeader("List-Unsubscribe", null).replaceAll("\\s", "");
		return URI.create(field.substring(field.indexOf("<http") + 1, field.indexOf('>', field.indexOf("<http"))));
	}

}
