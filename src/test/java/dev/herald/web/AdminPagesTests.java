package dev.herald.web;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.Accounts;
import dev.herald.account.SetUp;
import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What admins decide on pages: deliveries that were not accepted, suppressions, what came
 * back and proves nothing. Names, replies and reports are hostile.
 */
@WebTest
@Import(SentIssues.class)
class AdminPagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	@LocalServerPort
	private int port;

	@Autowired
	private Accounts accounts;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Subscriptions subscriptions;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private SentIssues sent;

	@Autowired
	private JdbcClient jdbc;

	@TempDir
	private Path files;

	@RegisterExtension
	final PageLook look = new PageLook();

	private Browser admin;

	@BeforeEach
	void prepare() throws IOException {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.sent.newsletter(this.files);
		}
		this.admin = new Browser(this.port);
		this.admin.signIn("ada@example.org", PASSWORD);
	}

	private String issue(String slug) {
		this.sent.sent(this.newsletters.require("weekly"), slug, "2026-11-24", 12);
		// No more than its own: another may be a resend that begins just now.
		this.jdbc.sql("""
				UPDATE send SET rehearsal = 1
				WHERE issue_id = (SELECT i.id FROM issue i WHERE i.slug = :slug)
				""").param("slug", slug).update();
		return "/newsletters/weekly/issues/" + slug;
	}

	@Test
	void issuesThatDidNotReachEverybodyAreListedByWhatBecameOfTheirDeliveries() {
		String issue = issue("attention");

		Page page = this.admin.get("/deliveries/attention");

		assertThat(row(page, "attention")).contains("done", "Uncertain: 20", "Recipients: 240", "Decide on them");
		assertThat(page.html().select("td.act a").eachAttr("href")).contains(issue + "/deliveries/uncertain");
		Page rejected = this.admin.get("/deliveries/attention?state=rejected");
		assertThat(rejected.html().select("td.act a").eachAttr("href"))
			.contains(issue + "/deliveries/resend?state=rejected");
		assertThat(this.admin.get("/deliveries/attention?state=expired").words())
			.contains("No delivery of any issue has expired.");
		assertThat(this.admin.get("/deliveries/attention?state=accepted").status()).isEqualTo(404);
		assertThat(this.admin.get("/deliveries/attention?state=rejected&before=1").words())
			.contains("There are no older ones.");
	}

	private static String row(Page page, String title) {
		return page.html()
			.select("tbody tr")
			.stream()
			.filter((row) -> row.text().contains(title))
			.findFirst()
			.orElseThrow()
			.text();
	}

	@Test
	void theExactListIsShownAndOnlyThatListIsSentToAgain() {
		String resend = issue("again") + "/deliveries/resend";
		this.subscriptions.unsubscribe(1, 12, ConsentSource.ADMIN, null);
		Page page = this.admin.get(resend);
		assertThat(page.words()).contains("19 readers would get it", "Of 20 deliveries:", "1 have unsubscribed",
				"Rehearse now");
		assertThat(page.html().select("tbody a[href^=/subscribers/]")).hasSize(20);
		assertThat(row(page, address(12))).contains("excluded: unsubscribed");
		String shown = list(page);
		this.subscriptions.unsubscribe(1, 24, ConsentSource.ADMIN, null);

		Page refused = this.admin.post(resend, Map.of("state", "rejected", "list", shown));

		assertThat(refused.location()).isEqualTo(resend + "?state=rejected");
		Page now = this.admin.follow(refused);
		assertThat(now.words()).contains("Nothing was changed", "18 readers would get it");
		int sends = count("send");
		Page done = this.admin.post(resend, Map.of("state", "rejected", "list", list(now)));
		assertThat(done.location()).matches(".*/issues/again/sends/\\d+");
		assertThat(this.admin.follow(done).words()).contains("18 readers get it again.");
		assertThat(count("send")).isEqualTo(sends + 1);
		// The list is another once the send has begun; it is under way until then.
		assertThat(this.admin.post(resend, Map.of("state", "rejected", "list", list(now))).status()).isIn(302, 303,
				409);
		assertThat(count("send")).isEqualTo(sends + 1);
		assertThat(this.admin.get(resend + "?state=uncertain").status()).isEqualTo(404);
		assertThat(this.admin.post(resend, Map.of("state", "accepted", "list", "")).status()).isEqualTo(400);
	}

	@Test
	void theVersionIsAskedForWhereItIsAQuestion() {
		String issue = issue("versions");
		assertThat(this.admin.get(issue + "/deliveries/resend").html().select("input[name=version]")).isEmpty();
		this.jdbc.sql("""
				INSERT INTO issue_version (issue_id, number, file_name, source, sha256, created_at)
				SELECT v.issue_id, 2, v.file_name, v.source, v.sha256, v.created_at FROM issue_version v
				JOIN issue i ON i.id = v.issue_id WHERE i.slug = 'versions'
				""").update();
		this.jdbc.sql("""
				UPDATE issue SET current_version = (SELECT MAX(id) FROM issue_version) WHERE slug = 'versions'
				""").update();

		Page page = this.admin.get(issue + "/deliveries/resend");

		assertThat(page.html().select("input[name=version][checked]").attr("value")).isEqualTo("theirs");
		this.admin.post(issue + "/deliveries/resend",
				Map.of("state", "rejected", "list", list(page), "version", "current"));
		assertThat(this.jdbc.sql("SELECT MAX(issue_version_id) FROM send").query(Integer.class).single())
			.isEqualTo(this.jdbc.sql("SELECT MAX(id) FROM issue_version").query(Integer.class).single());
	}

	@Test
	void theUncertainAreTakenForAcceptedOrSentAgain() {
		String issue = issue("uncertain");
		String uncertain = issue + "/deliveries/uncertain";
		Page page = this.admin.get(uncertain);
		assertThat(page.words()).contains("20 deliveries began, and no answer is known",
				"Whoever got it already gets it twice.");
		assertThat(page.html().select("tbody a[href^=/subscribers/]")).hasSize(20);
		assertThat(this.admin.get(issue + "/deliveries?state=uncertain").html().select("main a").eachAttr("href"))
			.contains(uncertain);
		Page stale = this.admin.post(uncertain, Map.of("again", "false", "list", "another"));
		assertThat(this.admin.follow(stale).words()).contains("Nothing was changed");

		Page accepted = this.admin.post(uncertain, Map.of("again", "false", "list", list(page)));

		assertThat(this.admin.follow(accepted).words()).contains("20 deliveries of “uncertain");
		assertThat(this.admin.get(uncertain).words()).contains("No delivery of this issue is uncertain.");
		assertThat(this.admin.get(issue + "/report").words()).contains("220 of 240 accepted");
		issue("unknown");
		String other = "/newsletters/weekly/issues/unknown/deliveries/uncertain";
		Page again = this.admin.post(other, Map.of("again", "true", "list", list(this.admin.get(other))));
		assertThat(again.location()).matches(".*/issues/unknown/sends/\\d+");
	}

	@Test
	void whileItsSendRunsNothingIsDecidedAboutTheUncertain() {
		String issue = issue("running");
		this.jdbc.sql("UPDATE send SET status = 'HELD', owner = 'x', owned_until = '2099-01-01' WHERE id = ?")
			.param(this.jdbc.sql("SELECT MAX(id) FROM send").query(Integer.class).single())
			.update();
		Page page = this.admin.get(issue + "/deliveries/uncertain");
		assertThat(page.status()).isEqualTo(409);
		assertThat(page.words()).contains("may still come");
		this.jdbc.sql("UPDATE send SET status = 'DONE', owner = NULL, owned_until = NULL WHERE owner = 'x'").update();
	}

	@Test
	void anAddressIsSuppressedLiftedAndEachTakenBack() {
		Page wrong = this.admin.post("/suppressions", Map.of("address", "no <b>address", "reason", " "));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.words()).contains("is no address", "This is needed.");
		assertThat(wrong.html().select("input[name=address]").attr("value")).isEqualTo("no <b>address");
		Page page = this.admin.follow(
				this.admin.post("/suppressions", Map.of("address", "Cyd@Example.org", "reason", SentIssues.HOSTILE)));
		assertThat(page.words()).startsWith("Cyd@example.org gets nothing any more. Undo")
			.contains("by an admin", SentIssues.HOSTILE, "ada@example.org");

		Page undone = this.admin.follow(this.admin.post(undo(page), Map.of()));
		assertThat(undone.words()).contains("Taken back.", "The address is not suppressed.");
		assertThat(this.admin.follow(this.admin.post(undo(page), Map.of())).words())
			.contains("something else happened to the address since");

		this.suppressions.suppress(EmailAddress.parse("dot@example.org"), SuppressionReason.HARD_BOUNCE,
				"550 " + SentIssues.HOSTILE, Suppressions.HERALD);
		Page found = this.admin.get("/suppressions?q=DOT@example.org");
		String dot = found.html().select("tbody a").attr("href");
		assertThat(dot).matches("/suppressions/\\d+");
		assertThat(this.admin.post(dot + "/lift", Map.of("reason", "")).status()).isEqualTo(400);
		Page lifted = this.admin.follow(this.admin.post(dot + "/lift", Map.of("reason", "she wrote")));
		assertThat(lifted.words()).contains("The suppression of dot@example.org is lifted. Undo", "she wrote");
		Page back = this.admin.follow(this.admin.post(undo(lifted), Map.of()));
		assertThat(back.words()).contains("Taken back.", "suppressed since", "(hard bounce)");
		assertThat(this.admin.get("/suppressions?q=dot").html().select("tbody tr")).hasSize(1);
		assertThat(this.admin.get("/suppressions?q=zoe%25").words()).contains("No suppressed address begins so.");
		assertThat(this.admin.get("/suppressions/999999").status()).isEqualTo(404);
		assertThat(this.admin.get("/subscribers/7").html().select("a[href*=/suppressions]").attr("href"))
			.isEqualTo("/suppressions?q=" + address(7).replace("@", "%40") + "#add");
	}

	private static String undo(Page page) {
		return page.html().select("form.undo").attr("action");
	}

	@Test
	void aLongListOfSuppressionsGoesPageByPage() {
		for (int i = 100; i < 205; i++) {
			this.suppressions.suppress(EmailAddress.parse("page" + i + "@example.org"), SuppressionReason.ADMIN,
					"by letter", "ada");
		}
		Page first = this.admin.get("/suppressions?q=page");
		assertThat(first.html().select("tbody tr")).hasSize(100);
		Page second = this.admin.get(first.html().select(".pager a").attr("href"));
		assertThat(second.html().select("tbody a").eachText()).containsExactly("page200@example.org",
				"page201@example.org", "page202@example.org", "page203@example.org", "page204@example.org");
	}

	@Test
	void aWaveIsDecidedAndTakenBack() {
		String page = "/review/waves/" + wave("wave");
		assertThat(this.admin.get("/review").words()).contains("31 hard bounces of this send", SentIssues.HOSTILE,
				"gmail");
		assertThat(this.admin.get(page).words()).contains("Whose mails bounced " + address(1));

		Page dead = this.admin.follow(this.admin.post(page, Map.of("dead", "true")));

		assertThat(dead.words()).contains("One address was suppressed. Undo");
		assertThat(this.suppressions.find(EmailAddress.parse(address(1)))).isPresent();
		assertThat(this.admin.follow(this.admin.post(page, Map.of("dead", "false"))).words())
			.contains("has been decided already");
		Page again = this.admin.follow(this.admin.post(undo(dead), Map.of()));
		assertThat(again.words()).contains("held again, and 1 suppression is lifted");
		assertThat(this.suppressions.find(EmailAddress.parse(address(1)))).isEmpty();
		this.admin.post(page, Map.of("dead", "false"));
		assertThat(this.admin.get(page).words()).contains("It was decided that these addresses live");
		assertThat(this.admin.get("/review/waves/999999").status()).isEqualTo(404);
	}

	private int wave(String slug) {
		issue(slug);
		this.jdbc.sql("""
				INSERT INTO bounce_wave (send_id, provider, likeness, text, bounces, recipients, state)
				SELECT MAX(id), 1, '%s', ?, 31, 60, 'HELD' FROM send
				""".formatted("a".repeat(64))).param("550 " + SentIssues.HOSTILE).update();
		int wave = this.jdbc.sql("SELECT MAX(id) FROM bounce_wave").query(Integer.class).single();
		// Another hard bounce of the reader's would keep the address suppressed.
		this.jdbc.sql("UPDATE bounce SET bounce_class = 'SOFT'").update();
		this.jdbc.sql("UPDATE bounce_counted SET counted = 0").update();
		this.jdbc.sql("UPDATE bounce SET wave_id = ? WHERE send_id = (SELECT MAX(id) FROM send)").param(wave).update();
		return wave;
	}

	@Test
	void aReportWithoutProofIsShownAsTextAndCountsOnlyWhenAPersonSaysSo() {
		Issue issue = this.sent.sent(this.newsletters.require("weekly"), "reported", "2026-11-25", 12);
		report("reader2@example.org", "BOUNCE", "HARD");
		report("stranger@example.org", "BOUNCE", "HARD");
		report("reader3@example.org", "COMPLAINT", "NONE");

		Page page = this.admin.get("/review");

		assertThat(row(page, "reader2@")).contains("Bounce 5.1.1 · failed · userunknown", SentIssues.HOSTILE,
				"it is suppressed, unless", "For “" + issue.title(), "Dismiss it Count it");
		assertThat(row(page, "reader3@")).contains("Complaint", "The reader is unsubscribed");
		assertThat(row(page, "stranger@")).contains("Nothing was sent to this address").doesNotContain("Count it");
		Page counted = this.admin.follow(this.admin.post(action(page, "reader2@"), Map.of("count", "true")));
		assertThat(counted.words()).contains("Counted; the address is suppressed.").doesNotContain("reader2@");
		assertThat(this.suppressions.find(EmailAddress.parse("reader2@example.org"))).isPresent();
		Page dismissed = this.admin.follow(this.admin.post(action(page, "reader3@"), Map.of("count", "false")));
		assertThat(dismissed.words()).contains("nothing follows from it. Undo").doesNotContain("reader3@");
		Page again = this.admin.follow(this.admin.post(undo(dismissed), Map.of()));
		assertThat(again.words()).contains("waits for a decision again", "reader3@");
		assertThat(this.admin.post(action(page, "reader2@"), Map.of("count", "true")).status()).isEqualTo(400);
	}

	private void report(String address, String kind, String bounceClass) {
		this.jdbc.sql("""
				INSERT INTO report_review (report_sha256, address, source, kind, bounce_class, status, action, reason,
				                           evidence, received_at)
				VALUES ('x', ?, ?, ?, ?, '5.1.1', 'failed', 'userunknown', ?, '2026-11-24')
				""")
			.params(address, "imap " + SentIssues.HOSTILE, kind, bounceClass, "550 " + SentIssues.HOSTILE)
			.update();
	}

	private static String action(Page page, String address) {
		return page.html()
			.select("tbody tr")
			.stream()
			.filter((row) -> row.text().contains(address))
			.findFirst()
			.orElseThrow()
			.select("form")
			.attr("action");
	}

	@Test
	void pagesRunNothingThatAMailSaysAndOfferAnUndo() throws IOException {
		String issue = issue("seen");
		int wave = wave("seen-wave");
		report("reader5@example.org", "BOUNCE", "HARD");
		report("reader6@example.org", "COMPLAINT", "NONE");
		this.suppressions.suppress(EmailAddress.parse("seen@example.org"), SuppressionReason.ADMIN, SentIssues.HOSTILE,
				"ada@example.org");
		long seen = this.suppressions.newest(EmailAddress.parse("seen@example.org"));
		List<String> pages = List.of("/deliveries/attention", issue + "/deliveries/resend",
				issue + "/deliveries/uncertain", "/suppressions?q=seen", "/suppressions/" + seen, "/review",
				"/review/waves/" + wave);
		for (String path : pages) {
			Page page = this.admin.get(path);
			assertThat(page.status()).as(path).isEqualTo(200);
			assertThat(page.html().select("img, script:not([src]), style, [style], [onerror]")).as(path).isEmpty();
			assertThat(page.body().length()).as(path).isLessThan(100_000);
		}
		signIn();
		this.look.driver().get("http://localhost:" + this.port + "/suppressions/" + seen);
		this.look.driver().findElement(By.id("reason")).sendKeys("wrote a letter", Keys.ENTER);
		this.look.at("admin-undo", true);
		this.look.driver().findElement(By.cssSelector(".undo button")).click();
		// A click does not wait for the page behind it.
		Awaitility.await().until(() -> this.suppressions.find(EmailAddress.parse("seen@example.org")).isPresent());
	}

	private void signIn() {
		this.look.driver().get("http://localhost:" + this.port + "/sign-in");
		this.look.driver().findElement(By.id("address")).sendKeys("ada@example.org");
		this.look.driver().findElement(By.id("password")).sendKeys(PASSWORD);
		this.look.driver().findElement(By.cssSelector("main form button")).click();
	}

	private String address(int subscriber) {
		return this.subscriptions.find(subscriber).orElseThrow().address().value();
	}

	private static String list(Page page) {
		List<String> lists = page.html().select("input[name=list]").eachAttr("value");
		return lists.get(0);
	}

	private int count(String table) {
		return this.jdbc.sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
	}

}
