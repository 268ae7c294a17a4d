package dev.herald.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.herald.HeraldApplication;
import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.Subscriptions;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The whole server, with a newsletter, an issue and readers reader1@example.org to
 * reader30@example.org.
 */
final class WebhookServer implements AutoCloseable {

	private final HttpClient http = HttpClient.newHttpClient();

	private final TestDatabase.Opened database;

	private final TestHerald herald;

	private final ServletWebServerApplicationContext context;

	private final Newsletter newsletter;

	private final Issue issue;

	private WebhookServer(TestDatabase.Opened database, SnsFetch sns, List<String> properties) throws IOException {
		this.database = database;
		this.herald = TestHerald.on(database, "herald.bounce-address=bounce@example.org");
		this.newsletter = this.herald.newsletter("weekly", 30);
		this.issue = this.herald.issue(this.newsletter, "one");
		List<String> all = new ArrayList<>(properties);
		all.addAll(List.of("server.port=0", "server.address=127.0.0.1", "herald.bounce-address=bounce@example.org",
				"spring.datasource.url=" + database.url(),
				"herald.data-dir=" + Files.createTempDirectory("herald-webhooks")));
		this.context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(HeraldApplication.class)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("snsWithoutNetwork",
					SnsFetch.class, () -> sns, (definition) -> definition.setPrimary(true)))
			.run(all.stream().map((property) -> "--" + property).toArray(String[]::new));
	}

	static WebhookServer start(TestDatabase.Opened database, SnsFetch sns, String... properties) {
		try {
			return new WebhookServer(database, sns, List.of(properties));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	TestDatabase.Opened database() {
		return this.database;
	}

	Newsletter newsletter() {
		return this.newsletter;
	}

	Issue issue() {
		return this.issue;
	}

	/** The delivery of the issue to a reader. */
	DeliveryKey delivery(int reader) {
		return new DeliveryKey(this.issue.id(),
				this.herald.get(Subscriptions.class)
					.find(EmailAddress.parse("reader" + reader + "@example.org"))
					.orElseThrow()
					.id());
	}

	/** The token in the Message-ID of that mail. */
	String token(int reader) {
		String messageId = get(DeliveryLinks.class).messageId(delivery(reader));
		return messageId.substring(1, messageId.indexOf('@'));
	}

	HttpResponse<String> post(String key, String body, String... headers) {
		return send("POST", key, BodyPublishers.ofString(body), headers);
	}

	HttpResponse<String> send(String method, String key, BodyPublisher body, String... headers) {
		URI address = URI.create("http://127.0.0.1:" + Objects.requireNonNull(this.context.getWebServer()).getPort()
				+ "/webhooks/" + key);
		HttpRequest.Builder request = HttpRequest.newBuilder(address)
			.timeout(Duration.ofSeconds(60))
			.method(method, body);
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	/** Each bounce on record of a reader: class and reason. */
	List<String> bounces(int reader) {
		return this.database.jdbc()
			.sql("SELECT CONCAT(bounce_class, ' ', reason) FROM bounce WHERE subscriber_id = ? ORDER BY id")
			.param(delivery(reader).subscriberId())
			.query(String.class)
			.list();
	}

	List<String> suppressed(int reader) {
		return this.database.jdbc()
			.sql("SELECT reason FROM suppression WHERE match_key = ?")
			.param("reader" + reader + "@example.org")
			.query(String.class)
			.list();
	}

	/** State of the subscription, and the ways in which it changed since the import. */
	String subscription(int reader) {
		int subscriber = delivery(reader).subscriberId();
		return this.database.jdbc()
			.sql("SELECT state FROM subscription WHERE subscriber_id = ?")
			.param(subscriber)
			.query(String.class)
			.single()
				+ this.database.jdbc()
					.sql("SELECT source FROM consent WHERE subscriber_id = ? AND source <> 'IMPORT' ORDER BY id")
					.param(subscriber)
					.query(String.class)
					.list();
	}

	List<String> reviews(int reader) {
		return this.database.jdbc()
			.sql("SELECT CONCAT(source, ': ', kind, ' ', bounce_class, ' ', reason) FROM report_review WHERE address = ? ORDER BY id")
			.param("reader" + reader + "@example.org")
			.query(String.class)
			.list();
	}

	@Override
	public void close() {
		this.context.close();
		this.herald.close();
		this.database.close();
	}

}
