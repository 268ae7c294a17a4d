package dev.herald.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.Accounts;
import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.ArchiveDelay;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLinks;
import dev.herald.tracking.IssueLinks;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Links and pixels as browsers ask for them, and where a reader allows them. */
@WebTest
class TrackedLinksTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String KETTLES = "https://example.org/kettles?a=1&b=%E8%8C%B6#top";

	private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

	@LocalServerPort
	private int port;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private IssueLinks links;

	@Autowired
	private DeliveryLinks tokens;

	@Autowired
	private Accounts accounts;

	@Autowired
	private SetUp setUp;

	@Autowired
	private JdbcClient jdbc;

	private Issue issue;

	private String link;

	@BeforeEach
	void anIssueThatWentOutTracked() {
		for (String table : List.of("consent", "subscription", "subscriber", "issue_link", "issue_version", "issue",
				"newsletter")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		Newsletter weekly = this.newsletters.create("weekly",
				new NewsletterSettings("Weekly", Mailbox.parse("Ann <ann@example.org>"), null, Locale.ENGLISH, null, "")
					.withTracking(TrackingMode.PERSONS));
		this.issue = this.issues
			.importFile(weekly, "first.md", "# First\n\nText.".getBytes(StandardCharsets.UTF_8), null)
			.issue();
		this.links.keep(this.issue.id(), List.of(KETTLES));
		this.link = "/r/" + this.tokens.tracking(new DeliveryKey(this.issue.id(), 3)) + "/" + IssueLinks.code(KETTLES);
		this.jdbc.sql("""
				INSERT INTO subscriber (id, address, match_key, created_at)
				VALUES (3, 'bo@example.net', 'bo@example.net', '2026-01-01 00:00:00')
				""").update();
		this.jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at)
				VALUES (?, 3, 'ACTIVE', '2026-01-01 00:00:00')
				""").param(weekly.id()).update();
	}

	private HttpResponse<String> ask(String method, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.method(method, BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
		}
		catch (IOException | InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String header(HttpResponse<String> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	@Test
	void aLinkLeadsOnAndLeavesNoTrace() {
		for (String method : List.of("GET", "HEAD")) {
			HttpResponse<String> answer = ask(method, this.link);
			assertThat(answer.statusCode()).isEqualTo(302);
			assertThat(header(answer, "Location")).isEqualTo(KETTLES);
			assertThat(header(answer, "Referrer-Policy")).as("the site learns no token").isEqualTo("no-referrer");
			assertThat(header(answer, "Cache-Control")).contains("no-store");
			assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
		}
	}

	@Test
	void nothingInARequestSaysWhereALinkLeads() {
		for (String more : List.of("?url=https://evil.example", "?to=//evil.example", "#https://evil.example")) {
			assertThat(header(ask("GET", this.link + more, "X-Forwarded-Host", "evil.example"), "Location"))
				.isEqualTo(KETTLES);
		}
		String token = this.link.split("/", -1)[2];
		for (String path : List.of("/r/" + token + "/https:%2F%2Fevil.example", "/r/" + token + "/aaaaaaaa",
				"/r/" + token + "/0", "/r/" + "a".repeat(40) + "/" + IssueLinks.code(KETTLES), "/r/SAMPLE/0")) {
			HttpResponse<String> answer = ask("GET", path);
			assertThat(answer.statusCode()).as(path).isIn(400, 404);
			assertThat(answer.headers().map()).as(path).doesNotContainKey("location");
		}
		assertThat(ask("POST", this.link).statusCode()).isEqualTo(405);
	}

	@Test
	void whoFetchesAheadIsToldToAskAgain() {
		assertThat(ask("GET", this.link, "Sec-Purpose", "prefetch").statusCode()).isEqualTo(503);
		assertThat(ask("GET", this.link).statusCode()).isEqualTo(302);
	}

	@Test
	void thePixelIsThereForEveryTokenAndTellsNobodyWhichAreOurs() {
		HttpResponse<String> ours = ask("GET", "/o/" + this.link.split("/", -1)[2]);
		HttpResponse<String> none = ask("GET", "/o/" + "a".repeat(40));
		assertThat(ours.statusCode()).isEqualTo(200);
		assertThat(header(ours, "Content-Type")).isEqualTo("image/gif");
		assertThat(header(ours, "Cache-Control")).contains("no-store");
		assertThat(ours.body()).startsWith("GIF89a").isEqualTo(none.body());
		assertThat(none.statusCode()).isEqualTo(200);
	}

	@Test
	void aReaderAllowsTrackingByAButtonAndNoScannerDoes() {
		String page = this.tokens.unsubscribe(new DeliveryKey(this.issue.id(), 3)).getPath();
		Browser reader = new Browser(this.port);
		assertThat(reader.get(page).words()).contains("May we know what you read?", "Allow it");
		ask("HEAD", page + "?button=allow-tracking");
		assertThat(reader.get(page + "?button=allow-tracking").words()).contains("Allow it");
		assertThat(tracked()).isZero();
		assertThat(reader.postWithout(page, Map.of("button", "allow-tracking")).words()).contains("Thank you",
				"Don’t allow it any more");
		assertThat(tracked()).isEqualTo(1);
		assertThat(reader.postWithout(page, Map.of("button", "refuse-tracking")).words()).contains("That is over");
		assertThat(tracked()).isZero();
		assertThat(this.jdbc.sql("SELECT source FROM consent ORDER BY id").query(String.class).list())
			.containsExactly("TRACKING_CHOICE", "TRACKING_CHOICE");
		this.newsletters.change("weekly",
				this.newsletters.require("weekly").settings().withTracking(TrackingMode.TOTALS));
		assertThat(reader.get(page).words()).doesNotContain("May we know");
	}

	private int tracked() {
		return this.jdbc.sql("SELECT tracked FROM subscription").query(Integer.class).single();
	}

	@Test
	void trackingAndTheDelayOfTheArchiveAreSettings() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
		}
		Browser admin = new Browser(this.port);
		admin.signIn("ada@example.org", PASSWORD);
		Map<String, String> fields = Map.of("name", "Weekly", "from", "Ann <ann@example.org>", "language", "en",
				"tracking", "totals", "archiveDelay", "7d");
		admin.get("/newsletters/weekly/settings");
		assertThat(admin.post("/newsletters/weekly/settings", fields).status()).isEqualTo(302);
		Newsletter now = this.newsletters.require("weekly");
		assertThat(now.tracking()).isEqualTo(TrackingMode.TOTALS);
		assertThat(now.archiveDelay()).isEqualTo(ArchiveDelay.of("7d"));
		Page form = admin.get("/newsletters/weekly/settings");
		assertThat(form.html().select("[name=archiveDelay]").val()).isEqualTo("7d");
		assertThat(form.html().select("[name=tracking] option[selected]").val()).isEqualTo("totals");
		Page refused = admin.post("/newsletters/weekly/settings", Map.of("name", "Weekly", "from",
				"Ann <ann@example.org>", "language", "en", "tracking", "everything", "archiveDelay", "a week"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.words()).contains("'everything' is no way of tracking", "'a week' is no delay");
	}

}
