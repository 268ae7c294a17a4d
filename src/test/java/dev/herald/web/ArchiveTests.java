package dev.herald.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;

import static org.assertj.core.api.Assertions.assertThat;

/** What the public sees of issues, and what not. */
@WebTest
class ArchiveTests {

	private static final String PAGE = "/archive/weekly/first";

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private JdbcClient jdbc;

	private Newsletter weekly;

	private Issue issue;

	@BeforeEach
	void anIssueThatOneReaderHas() {
		for (String table : List.of("delivery", "send", "issue_version", "issue", "newsletter")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		this.weekly = this.newsletters.create("weekly", new NewsletterSettings("Weekly",
				Mailbox.parse("Ann <ann@example.org>"), null, Locale.ENGLISH, null, "1 Main St"));
		this.issue = importFile("first.md", "# First\n\nAs it was sent.");
		send(1, this.issue, false, 2);
	}

	private Issue importFile(String name, String markdown) {
		return this.issues.importFile(this.weekly, name, markdown.getBytes(StandardCharsets.UTF_8), null).issue();
	}

	private void send(int id, Issue of, boolean rehearsal, int state) {
		this.jdbc.sql("""
				INSERT INTO send (id, issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by,
				                  created_at, started_at)
				VALUES (?, ?, ?, 'RUNNING', ?, '2026-11-24 08:00:00', 'UTC', 'ann', '2026-11-24 08:00:00',
				        '2026-11-24 08:00:00')
				""").params(id, of.id(), of.versionId(), rehearsal ? 1 : 0).update();
		this.jdbc.sql("""
				INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at,
				                      changed_at)
				VALUES (?, ?, ?, ?, 0, 1, 0, 0, 0)
				""").params(of.id(), id, id, state).update();
	}

	private HttpResponse<String> ask(String method, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private HttpResponse<String> get(String path) {
		return ask("GET", path);
	}

	private static String header(HttpResponse<String> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	@Test
	void whatWasSentIsThereForEverybodyAndNobodyIsRemembered() {
		HttpResponse<String> page = get(PAGE);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<h1>First</h1>", "As it was sent.");
		assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
		assertThat(header(page, "Cache-Control")).isEqualTo("max-age=60, public");
		assertThat(header(page, "Content-Security-Policy")).matches(
				"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; img-src https: http: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
		assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
		assertThat(header(page, "Set-Cookie")).isEmpty();
		assertThat(header(page, "Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
	}

	@Test
	void whoHasThePageIsToldSoWithoutItAndHeadWorks() {
		HttpResponse<String> page = get(PAGE);
		HttpResponse<String> again = ask("GET", PAGE, "If-None-Match", header(page, "ETag"));
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(ask("GET", PAGE, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
		HttpResponse<String> head = ask("HEAD", PAGE);
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(header(head, "ETag")).isEqualTo(header(page, "ETag"));
		assertThat(header(head, "Set-Cookie")).isEmpty();
		assertThat(ask("POST", PAGE).statusCode()).isEqualTo(405);
	}

	@Test
	void unknownUnsentAndPrivateIssuesCantBeToldApart() {
		importFile("unsent.md", "# Unsent\n\nSecret");
		send(2, importFile("rehearsed.md", "# Rehearsed\n\nSecret"), true, 2);
		send(3, importFile("frozen.md", "# Frozen\n\nSecret"), false, 0);
		send(4, importFile("rejected.md", "# Rejected\n\nSecret"), false, 4);
		HttpResponse<String> unknown = get("/archive/weekly/nothing");
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(unknown.body()).contains("<h1>There is no such page</h1>");
		assertThat(header(unknown, "Cache-Control")).isEqualTo("no-store");
		for (String path : List.of("weekly/unsent", "weekly/rehearsed", "weekly/frozen", "weekly/rejected",
				"nothing/first", "WEEKLY/first", "weekly/FIRST", "weekly/first%20", "weekly/%00", "weekly/'%20OR%201=1",
				"weekly/" + "x".repeat(3000), "weekly/..", "weekly/first/", "weekly/first.html",
				"weekly/..%2f..%2fpom.xml", "..;/newsletters/weekly", "weekly/%F0%9F%98%80",
				"weekly/first?slug=" + "y".repeat(5000))) {
			HttpResponse<String> other = get("/archive/" + path);
			if (path.startsWith("weekly/first?")) {
				assertThat(other.body()).as(path).contains("As it was sent.");
			}
			else if (other.statusCode() != 400) {
				assertThat(other.statusCode()).as(path).isEqualTo(404);
				assertThat(other.body()).as(path).doesNotContain("Secret", "As it was sent.");
			}
		}
		archived(false);
		HttpResponse<String> nowPrivate = get(PAGE);
		assertThat(nowPrivate.statusCode()).isEqualTo(404);
		assertThat(nowPrivate.body()).isEqualTo(unknown.body());
		assertThat(nowPrivate.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
		assertThat(ask("GET", PAGE, "Accept-Language", "zh-CN").body()).contains("<h1>没有这个页面</h1>");
		archived(true);
		assertThat(get(PAGE).statusCode()).isEqualTo(200);
	}

	private void archived(boolean archived) {
		NewsletterSettings now = this.newsletters.require("weekly").settings();
		this.newsletters.change("weekly", new NewsletterSettings(now.name(), now.sender(), now.replyTo(),
				now.language(), now.baseUrl(), now.postalAddress(), now.theme(), archived, false));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 5 })
	void aLinkWorksFromTheFirstMailOn(int state) {
		send(9, importFile("now.md", "# Now\n\nText"), false, state);
		assertThat(get("/archive/weekly/now").statusCode()).isEqualTo(200);
	}

	@Test
	void theVersionThatWasSentStaysWhenTheIssueIsEdited() {
		this.jdbc.sql("""
				INSERT INTO issue_version (issue_id, number, file_name, source, sha256, created_at)
				SELECT issue_id, 2, file_name, ?, sha256, created_at FROM issue_version WHERE issue_id = ?
				""").params("# First\n\nEdited.".getBytes(StandardCharsets.UTF_8), this.issue.id()).update();
		this.jdbc.sql("UPDATE issue SET current_version = (SELECT MAX(id) FROM issue_version)").update();
		assertThat(get(PAGE).body()).contains("As it was sent.").doesNotContain("Edited.");
		send(2, this.issues.require("first", "weekly"), true, 2);
		assertThat(get(PAGE).body()).contains("As it was sent.");
		send(3, this.issues.require("first", "weekly"), false, 2);
		assertThat(get(PAGE).body()).contains("Edited.");
	}

	@Test
	void aPageFollowsTheNewslettersSettings() {
		String before = header(get(PAGE), "ETag");
		NewsletterSettings now = this.weekly.settings();
		this.newsletters.change("weekly", new NewsletterSettings("Monthly", now.sender(), now.replyTo(), now.language(),
				now.baseUrl(), now.postalAddress(), now.theme(), true, false));
		HttpResponse<String> page = ask("GET", PAGE, "If-None-Match", before);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("Monthly");
	}

	@Test
	void aSlugOfAnyScriptHasAPage() {
		send(2, importFile("第 300 期.md", "# 三百\n\n正文"), false, 2);
		assertThat(get("/archive/weekly/%E7%AC%AC-300-%E6%9C%9F").body()).contains("<h1>三百</h1>",
				"/archive/weekly/%E7%AC%AC-300-%E6%9C%9F\"");
	}

}
