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
import java.util.List;
import java.util.Locale;

import dev.herald.testing.TestDatabase;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.DeliveryReceived;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class UnsubscribeTests {

	private static final String ONE_CLICK = "List-Unsubscribe=One-Click";

	private static final String FORM = "application/x-www-form-urlencoded";

	private final HttpClient http = HttpClient.newHttpClient();

	private final TestDatabase.Opened database;

	private final ServletWebServerApplicationContext server;

	private final List<DeliveryReceived> received = new java.util.ArrayList<>();

	UnsubscribeTests(TestDatabase database) {
		this.database = database.open();
		this.server = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Server.class).run(
				"--server.port=0", "--server.address=127.0.0.1", "--spring.datasource.url=" + this.database.url(),
				"--spring.datasource.hikari.maximum-pool-size=4");
	}

	/** No {@code @Configuration}: scans of other tests pass it over. */
	@EnableAutoConfiguration
	@ConfigurationPropertiesScan({ "dev.herald.tracking", "dev.herald.settings" })
	@ComponentScan({ "dev.herald.tracking", "dev.herald.settings", "dev.herald.subscriber", "dev.herald.issue",
			"dev.herald.newsletter" })
	@Import({ UnsubscribeController.class, UnsubscribeSecurity.class })
	static class Server {

		@Bean
		static Clock clock() {
			return Clock.systemUTC();
		}

	}

	@BeforeEach
	void insertRows() {
		JdbcClient jdbc = this.database.jdbc();
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
		this.server.addApplicationListener(
				(ApplicationListener<PayloadApplicationEvent<DeliveryReceived>>) (event) -> this.received
					.add(event.getPayload()));
	}

	@AfterEach
	void close() {
		this.server.close();
		this.database.close();
	}

	private URI link(int issue) {
		URI link = this.server.getBean(DeliveryLinks.class).unsubscribe(new DeliveryKey(issue, 3));
		return here(link.getPath());
	}

	private URI here(String path) {
		return URI.create(
				"http://127.0.0.1:" + java.util.Objects.requireNonNull(this.server.getWebServer()).getPort() + path);
	}

	private HttpResponse<String> send(String method, URI uri, String type, String body)
			throws IOException, InterruptedException {
		BodyPublisher publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
		return this.http.send(
				HttpRequest.newBuilder(uri).method(method, publisher).header("Content-Type", type).build(),
				BodyHandlers.ofString());
	}

	private String state(int newsletter) {
		return this.database.jdbc()
			.sql("SELECT state FROM subscription WHERE newsletter_id = ? AND subscriber_id = 3")
			.param(newsletter)
			.query(String.class)
			.single();
	}

	private List<String> consents() {
		return this.database.jdbc()
			.sql("SELECT CONCAT(newsletter_id, ' ', state, ' ', source, ' ', issue_id) FROM consent ORDER BY id")
			.query(String.class)
			.list();
	}

	@Test
	void followingTheLinkShowsOneButtonAndChangesNothing() throws Exception {
		HttpResponse<String> page = send("GET", link(7), FORM, "");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body())
			.contains("<h1>Unsubscribe?</h1>", "Tea &amp; &lt;Weekly&gt;", "B…@example.net", "<html lang=\"en\">")
			.doesNotContain("ernadette", "<script");
		assertThat(page.body().split("<button", -1)).hasSize(2);
		assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
		assertThat(page.headers().firstValue("X-Robots-Tag").orElse("")).contains("noindex");
		assertThat(state(1)).isEqualTo("ACTIVE");
		assertThat(this.received).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH" })
	void noOtherMethodChangesAnything(String method) throws Exception {
		HttpResponse<String> response = send(method, link(7), FORM, method.startsWith("P") ? ONE_CLICK : "");
		assertThat(response.statusCode()).isEqualTo(List.of("HEAD", "OPTIONS").contains(method) ? 200 : 405);
		assertThat(response.body()).doesNotContain("B…@");
		assertThat(state(1)).isEqualTo("ACTIVE");
		assertThat(consents()).isEmpty();
	}

	@Test
	void oneClickAsAFormEndsTheSubscription() throws Exception {
		HttpResponse<String> response = send("POST", link(7), FORM, ONE_CLICK);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("unsubscribed\n");
		assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
		assertThat(state(2)).isEqualTo("ACTIVE");
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED ONE_CLICK 7");
		assertThat(this.received).containsExactly(new DeliveryReceived(new DeliveryKey(7, 3)));
	}

	@Test
	void oneClickAsMultipartEndsTheSubscription() throws Exception {
		HttpResponse<String> response = send("POST", link(7), "multipart/form-data; boundary=b",
				"--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED ONE_CLICK 7");
	}

	@Test
	void theButtonEndsTheSubscriptionAndSaysSo() throws Exception {
		HttpResponse<String> page = send("POST", link(8), FORM, "button=unsubscribe");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("You are unsubscribed").doesNotContain("<button");
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED UNSUBSCRIBE_PAGE 8");
		assertThat(send("GET", link(7), FORM, "").body()).contains("You are unsubscribed").doesNotContain("<button");
	}

	@Test
	void itWorksTwiceAndWithTheLinkOfAnOldIssue() throws Exception {
		for (int issue : List.of(8, 8, 7)) {
			assertThat(send("POST", link(issue), FORM, ONE_CLICK).statusCode()).isEqualTo(200);
		}
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED ONE_CLICK 8");
	}

	@Test
	void aTypedLinkInCapitalsWorks() throws Exception {
		URI link = link(7);
		String token = link.getPath().substring(3).toUpperCase(Locale.ROOT);
		assertThat(send("POST", here("/u/" + token), FORM, ONE_CLICK).statusCode()).isEqualTo(200);
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
	}

	@Test
	void aPostWithoutTheFieldIsMeantToo() throws Exception {
		assertThat(send("POST", link(7), FORM, "").statusCode()).isEqualTo(200);
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
	}

	@Test
	void aClumsyPostIsAnsweredAndNothingBreaks() throws Exception {
		assertThat(send("POST", link(7), "multipart/form-data", "no boundary").statusCode()).isBetween(200, 499);
		assertThat(send("POST", link(7), "application/json", "{").statusCode()).isBetween(200, 499);
		assertThat(send("POST", link(7), FORM, "x=" + "y".repeat(100_000)).statusCode()).isBetween(200, 499);
		assertThat(send("GET", link(7), FORM, "").statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "aeaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "%00",
			"%3Cscript%3Ealert(1)%3C/script%3E", "a%20b" })
	void aLinkThatIsNotOursSaysWhatToDo(String token) throws Exception {
		HttpResponse<String> page = send("GET", here("/u/" + token), FORM, "");
		assertThat(page.statusCode()).isBetween(400, 404);
		assertThat(page.body()).doesNotContain("<script");
		if (!token.contains("%")) {
			assertThat(page.body()).contains("This link does not work", "Open the mail again");
		}
		assertThat(send("POST", here("/u/" + token), FORM, ONE_CLICK).statusCode()).isBetween(400, 404);
		assertThat(consents()).isEmpty();
	}

	@Test
	void theWordsAreInTheNewslettersLanguage() throws Exception {
		assertThat(send("GET", link(9), FORM, "").body()).contains("<html lang=\"zh\">", "确认退订", "周报", "退订</button>");
		assertThat(send("POST", link(9), FORM, "button=unsubscribe").body()).contains("您已退订");
		assertThat(state(2)).isEqualTo("UNSUBSCRIBED");
		assertThat(state(1)).isEqualTo("ACTIVE");
	}

	@Test
	void thePageBringsItsOwnStyles() throws Exception {
		assertThat(send("GET", here("/unsubscribe.css"), FORM, "").statusCode()).isEqualTo(200);
	}

}
