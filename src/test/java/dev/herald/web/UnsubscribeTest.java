package dev.herald.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.DeliveryReceived;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A server that readers reach, and nothing else of Herald. Bernadette is subscribed to an
 * English newsletter with issues 7 and 8, and to a Chinese one with issue 9.
 */
abstract class UnsubscribeTest {

	static final String ONE_CLICK = "List-Unsubscribe=One-Click";

	static final String FORM = "application/x-www-form-urlencoded";

	final HttpClient http = HttpClient.newHttpClient();

	/** Started once for all tests on a database. */
	private static final Map<TestDatabase, Running> RUNNING = new EnumMap<>(TestDatabase.class);

	final TestDatabase.Opened database;

	private final ServletWebServerApplicationContext server;

	final List<DeliveryReceived> received;

	UnsubscribeTest(TestDatabase database) {
		Running running = RUNNING.computeIfAbsent(database, Running::start);
		this.database = running.database();
		this.server = running.server();
		this.received = running.received();
	}

	/** The tests' own watch may be ahead. */
	static final class Watch extends Clock {

		static volatile Duration ahead = Duration.ZERO;

		@Override
		public Instant instant() {
			return Instant.now().plus(ahead);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

	private record Running(TestDatabase.Opened database, ServletWebServerApplicationContext server,
			List<DeliveryReceived> received) {

		static Running start(TestDatabase kind) {
			TestDatabase.Opened database = kind.open();
			List<DeliveryReceived> received = new CopyOnWriteArrayList<>();
			ServletWebServerApplicationContext server = startServer(database);
			server.addApplicationListener(
					(ApplicationListener<PayloadApplicationEvent<DeliveryReceived>>) (event) -> received
						.add(event.getPayload()));
			return new Running(database, server, received);
		}

		void close() {
			this.server.close();
			this.database.close();
		}

	}

	static ServletWebServerApplicationContext startServer(TestDatabase.Opened database) {
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(Server.class)
			.initializers((context) -> context.getBeanFactory().registerSingleton("dataSource", database.dataSource()))
			.run("--server.port=0", "--server.address=127.0.0.1", "--herald.batch=false");
	}

	/** No {@code @Configuration}: scans of other tests pass it over. */
	@EnableAutoConfiguration
	@ConfigurationPropertiesScan({ "dev.herald.tracking", "dev.herald.settings", "dev.herald.notice",
			"dev.herald.render", "dev.herald.smtp", "dev.herald.dkim", "dev.herald.mailbox" })
	@ComponentScan(
			basePackages = { "dev.herald.tracking", "dev.herald.settings", "dev.herald.subscriber", "dev.herald.issue",
					"dev.herald.newsletter", "dev.herald.person", "dev.herald.audit", "dev.herald.notice",
					"dev.herald.render", "dev.herald.smtp", "dev.herald.dkim", "dev.herald.mailbox" },
			excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.NoticeThread"))
	@Import({ ReaderLanguages.class, PreferencesController.class, ReaderRequestController.class,
			UnsubscribeController.class, ReaderSecurity.class, MalformedForms.class })
	static class Server {

		@Bean
		static Clock clock() {
			return new Watch();
		}

	}

	@BeforeEach
	void insertRows() {
		JdbcClient jdbc = this.database.jdbc();
		this.received.clear();
		Watch.ahead = Duration.ZERO;
		for (String table : List.of("reader_request", "notice", "scheduled_tasks", "subscription_day", "leaver_count",
				"suppression", "suppression_change", "consent", "subscription", "subscriber", "issue_version", "issue",
				"newsletter")) {
			jdbc.sql("DELETE FROM " + table).update();
		}
		for (String sql : List.of("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'Tea & <Weekly>', 'Ann', 'ann@example.org', 'en', '2026-01-01 00:00:00'),
				       (2, 'zhoubao', '周报', 'Ann', 'ann@example.org', 'zh-CN', '2026-01-01 00:00:00')
				""", """
				INSERT INTO issue (id, newsletter_id, slug, title, current_version, created_at)
				VALUES (7, 1, 'one', 'One', 1, '2026-01-01 00:00:00'), (8, 1, 'two', 'Two', 1, '2026-01-01 00:00:00'),
				       (9, 2, 'yi', '一', 1, '2026-01-01 00:00:00')
				""", """
				INSERT INTO issue_version (id, issue_id, number, file_name, source, sha256, created_at)
				VALUES (1, 7, 1, 'one.md', '# One', '%1$s', '2026-01-01 00:00:00'),
				       (2, 8, 1, 'two.md', '# Two', '%1$s', '2026-01-01 00:00:00'),
				       (3, 9, 1, 'yi.md', '# Yi', '%1$s', '2026-01-01 00:00:00')
				""".formatted("0".repeat(64)), """
				INSERT INTO subscriber (id, address, match_key, created_at)
				VALUES (3, 'Bernadette@example.net', 'bernadette@example.net', '2026-01-01 00:00:00')
				""", """
				INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at)
				VALUES (1, 3, 'ACTIVE', '2026-01-01 00:00:00'), (2, 3, 'ACTIVE', '2026-01-01 00:00:00')
				""")) {
			jdbc.sql(sql).update();
		}
	}

	@AfterAll
	static void stop() {
		RUNNING.values().forEach(Running::close);
		RUNNING.clear();
	}

	final URI link(int issue) {
		return here(path(this.server, issue));
	}

	static String path(ServletWebServerApplicationContext server, int issue) {
		return server.getBean(DeliveryLinks.class).unsubscribe(new DeliveryKey(issue, 3)).getPath();
	}

	final <T> T bean(Class<T> type) {
		return this.server.getBean(type);
	}

	final URI here(String path) {
		return here(this.server, path);
	}

	static URI here(ServletWebServerApplicationContext server, String path) {
		return URI.create("http://127.0.0.1:" + Objects.requireNonNull(server.getWebServer()).getPort() + path);
	}

	final HttpResponse<String> send(String method, URI uri, String type, String body)
			throws IOException, InterruptedException {
		BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
		return this.http.send(
				HttpRequest.newBuilder(uri).method(method, publisher).header("Content-Type", type).build(),
				BodyHandlers.ofString());
	}

	final String state(int newsletter) {
		return this.database.jdbc()
			.sql("SELECT state FROM subscription WHERE newsletter_id = ? AND subscriber_id = 3")
			.param(newsletter)
			.query(String.class)
			.single();
	}

	final List<String> consents() {
		return this.database.jdbc()
			.sql("SELECT CONCAT(newsletter_id, ' ', state, ' ', source, ' ', issue_id) FROM consent ORDER BY id")
			.query(String.class)
			.list();
	}

}
