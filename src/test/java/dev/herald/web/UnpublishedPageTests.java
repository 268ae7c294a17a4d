package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Who sees the page of an issue that has not gone out. */
@WebTest
class UnpublishedPageTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String NOTICE = "Not published yet: only people who are signed in see this page.";

	private static final String PAGE = "/archive/weekly/first";

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Accounts accounts;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private JdbcClient jdbc;

	private Newsletter weekly;

	private Issue issue;

	@BeforeEach
	void anIssueThatNobodyHas() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		}
		for (String table : List.of("delivery", "send", "issue_version", "issue", "newsletter")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		this.weekly = this.newsletters.create("weekly", new NewsletterSettings("Weekly",
				Mailbox.parse("Ann <ann@example.org>"), null, Locale.ENGLISH, null, "1 Main St"));
		this.issue = this.issues
			.importFile(this.weekly, "first.md", "# First\n\nKettles.".getBytes(StandardCharsets.UTF_8), null)
			.issue();
	}

	private Browser signedIn(String address) {
		Browser browser = new Browser(this.port);
		browser.signIn(address, PASSWORD);
		return browser;
	}

	private void send(boolean rehearsal) {
		this.jdbc
			.sql("""
					INSERT INTO send (id, issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at)
					VALUES (1, ?, ?, 'DONE', ?, '2026-11-24 08:00:00', 'UTC', 'ann', '2026-11-24 08:00:00')
					""")
			.params(this.issue.id(), this.issue.versionId(), rehearsal ? 1 : 0)
			.update();
		this.jdbc.sql("INSERT INTO delivery VALUES (?, 1, 1, 2, 0, 1, 0, 0, 0)").param(this.issue.id()).update();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ann@example.org", "ada@example.org" })
	void whoIsSignedInSeesTheDraftAndTheRehearsed(String account) {
		Browser browser = signedIn(account);
		assertThat(browser.get(PAGE).words()).isEqualTo(NOTICE + " Weekly First Kettles.");
		send(true);
		Page page = browser.get(PAGE);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.words()).isEqualTo(NOTICE + " Weekly First Kettles.");
		assertThat(page.header("Cache-Control")).isEqualTo("no-store");
		assertThat(page.header("ETag")).isEmpty();
		assertThat(page.header("Set-Cookie")).isEmpty();
		assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'; style-src 'sha256-");
		assertThat(browser.get("/archive/weekly/nothing").status()).isEqualTo(404);
	}

	@Test
	void nobodyElseLearnsOfIt() {
		signedIn("ann@example.org").get(PAGE);
		Browser stranger = new Browser(this.port);
		Page unknown = stranger.get("/archive/weekly/nothing");
		for (Page page : List.of(stranger.get(PAGE), stranger.get(PAGE, "Cookie", "JSESSIONID=" + "A".repeat(32)),
				stranger.get(PAGE, "Authorization", "Basic YW5uQGV4YW1wbGUub3JnOmNvcHBlciBrZXR0bGUgOSBiZWxscw=="))) {
			assertThat(page.status()).isEqualTo(404);
			assertThat(page.body()).isEqualTo(unknown.body());
			assertThat(page.header("Set-Cookie")).isEmpty();
		}
	}

	@Test
	void whoSignsOutOrIsPutOutSeesItNoMore() {
		Browser ann = signedIn("ann@example.org");
		int id = this.accounts.find("ann@example.org").orElseThrow().id();
		this.accounts.setEnabled(id, false);
		assertThat(ann.get(PAGE).status()).isEqualTo(404);
		this.accounts.setEnabled(id, true);
		assertThat(ann.get(PAGE).status()).as("that session is over").isEqualTo(404);
		ann = signedIn("ann@example.org");
		assertThat(ann.get(PAGE).status()).isEqualTo(200);
		ann.get("/newsletters/new");
		ann.post("/sign-out", Map.of());
		assertThat(ann.get(PAGE).status()).isEqualTo(404);
	}

	@Test
	void whatIsPublishedIsTheSameForEditorsAsForAll() {
		send(false);
		Page page = signedIn("ann@example.org").get(PAGE);
		assertThat(page.body()).isEqualTo(new Browser(this.port).get(PAGE).body()).doesNotContain(NOTICE);
		assertThat(page.header("Cache-Control")).isEqualTo("max-age=60, public");
	}

	@Test
	void aNewsletterWithoutArchiveHasNoPageForEditorsEither() {
		NewsletterSettings now = this.weekly.settings();
		this.newsletters.change("weekly", new NewsletterSettings(now.name(), now.sender(), now.replyTo(),
				now.language(), now.baseUrl(), now.postalAddress(), now.theme(), false, false));
		assertThat(signedIn("ann@example.org").get(PAGE).status()).isEqualTo(404);
	}

}
