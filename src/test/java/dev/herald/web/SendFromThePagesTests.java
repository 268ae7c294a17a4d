package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.SetUp;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One installation from its first start to the report of its first issue, through the
 * pages, by hand and without JavaScript. The tests follow each other.
 */
@WebTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SendFromThePagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/2026-11-24";

	private static final String MARKDOWN = """
			# A quiet \\<week\\> & more

			## News

			[Kettles are back](http://example.org/kettles) | example.org

			Copper, and louder than ever.
			""";

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private JdbcClient jdbc;

	private Browser admin = new Browser(0);

	private Browser editor = new Browser(0);

	@Test
	@Order(1)
	void theSetUpAddressMakesTheFirstAdmin() {
		this.admin = new Browser(this.port);
		assertThat(this.admin.get("/setup?token=guess").status()).isEqualTo(404);
		String token = this.setUp.token().orElseThrow();
		assertThat(this.admin.get("/setup?token=" + token).words()).contains("Make the first account");
		Page refused = this.admin.post("/setup",
				Map.of("token", token, "address", "ada@example.org", "password", "short"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.words()).contains("at least 12 characters");
		assertThat(refused.html().selectXpath("//input[@name='address']").attr("value")).isEqualTo("ada@example.org");
		Page made = this.admin.post("/setup",
				Map.of("token", token, "address", "ada@example.org", "password", PASSWORD));
		assertThat(made.location()).isEqualTo("/sign-in?ready");
		assertThat(this.admin.get("/setup?token=" + token).status()).isEqualTo(404);
		assertThat(this.admin.get(Access.SIGN_IN).words()).contains("Sign in");
		Page wrong = this.admin.post(Access.SIGN_IN, Map.of("address", "ada@example.org", "password", "not this one"));
		assertThat(this.admin.follow(wrong).words()).contains("don’t belong together");
		this.admin.signIn("ada@example.org", PASSWORD);
		assertThat(this.admin.get("/").words()).contains("Create a newsletter");
	}

	@Test
	@Order(2)
	void anAdminAddsAnEditor() {
		this.admin.get("/accounts");
		Page added = this.admin.post("/accounts",
				Map.of("address", "ann@example.org", "password", PASSWORD, "role", "EDITOR"));
		assertThat(this.admin.follow(added).words()).contains("ann@example.org can sign in now");
		Page refused = this.admin.post("/accounts",
				Map.of("address", "no address", "password", PASSWORD, "role", "EDITOR"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(
				this.admin.post("/accounts", Map.of("address", "x@example.org", "password", PASSWORD, "role", "OWNER"))
					.status())
			.isEqualTo(400);
		this.editor = new Browser(this.port);
		this.editor.signIn("ann@example.org", PASSWORD);
		assertThat(this.editor.get("/").body()).doesNotContain("/accounts");
	}

	@Test
	@Order(3)
	void anEditorCreatesANewsletter() {
		this.editor.get("/newsletters/new");
		Page created = this.editor.post("/newsletters", Map.of("key", "weekly", "name", "Weekly Letter", "from",
				"Weekly <weekly@example.org>", "language", "en", "postalAddress", "1 Kettle Street"));
		assertThat(created.location()).isEqualTo("/newsletters/weekly");
		assertThat(this.editor.follow(created).words()).contains("Weekly Letter");
	}

	@Test
	@Order(5)
	void anAdminSeesWhatACsvFileHoldsBeforeItIsImported() {
		this.admin.get("/newsletters/weekly/subscribers");
		String csv = "email,name\nann@example.org,Ann\nbob@example.org,=HYPERLINK(\"x\")\nno address,<script>x</script>\ncyd@example.org,Cyd\n";
		Page uploaded = this.admin.upload("/newsletters/weekly/subscribers/imports", "readers.csv", utf8(csv),
				Map.of());
		String path = uploaded.location();
		Page checked = settled(path);
		assertThat(checked.words()).contains("Nothing is changed yet", "3 new subscriptions", "1 row rejected");
		assertThat(checked.body()).doesNotContain("<script>x");
		assertThat(this.admin.get("/newsletters/weekly/subscribers").words()).contains("Nobody gets the next issue");
		this.admin.get(path);
		assertThat(this.admin.post(path, Map.of()).location()).isEqualTo(path);
		this.admin.post(path, Map.of());
		assertThat(settled(path).words()).contains("Imported", "3 new subscriptions");
		assertThat(this.admin.get("/newsletters/weekly/subscribers").words()).contains("3 readers get the next issue");
		assertThat(this.admin.get(path + "/rejects").body()).contains("no address");
		Page export = this.admin.get("/newsletters/weekly/subscribers/export");
		assertThat(export.header("Content-Disposition")).isEqualTo("attachment; filename=\"weekly.csv\"");
		assertThat(export.body()).contains("ann@example.org").doesNotContain(",=HYPERLINK");
		assertThat(this.editor.get("/newsletters/weekly/subscribers").words()).contains("3 readers", "ask one");
	}

	@Test
	@Order(6)
	void aFileThatIsNoCsvIsRefusedInWords() {
		this.admin.get("/newsletters/weekly/subscribers");
		Page uploaded = this.admin.upload("/newsletters/weekly/subscribers/imports", "x.csv",
				new byte[] { (byte) 0xff, (byte) 0xfe, 0, 1 }, Map.of());
		assertThat(settled(uploaded.location()).words()).contains("The file can’t be used");
		assertThat(this.admin.upload("/newsletters/weekly/subscribers/imports", "x.csv", new byte[0], Map.of()).words())
			.contains("No file was chosen");
	}

	@Test
	@Order(7)
	void anEditorImportsAnIssueAndIsToldWhatIsWrongWithAFile() {
		this.editor.get("/newsletters/weekly");
		Page imported = this.editor.upload("/newsletters/weekly/issues", "C:\\letters\\2026-11-24.md", utf8(MARKDOWN),
				Map.of("slug", ""));
		assertThat(imported.location()).isEqualTo(ISSUE);
		assertThat(this.editor.follow(imported).words()).contains("A quiet <week> & more", "is imported");
		this.editor.get("/newsletters/weekly");
		assertThat(this.editor
			.follow(this.editor.upload("/newsletters/weekly/issues", "2026-11-24.md", utf8(MARKDOWN), Map.of()))
			.words()).contains("Nothing was changed");
		Page other = this.editor.upload("/newsletters/weekly/issues", "2026-11-24.md", utf8("# Other\n\nwords"),
				Map.of());
		assertThat(other.status()).isEqualTo(400);
		Page broken = this.editor.upload("/newsletters/weekly/issues", "bad.md",
				new byte[] { '#', ' ', (byte) 0xc3, '(' }, Map.of());
		assertThat(broken.status()).isEqualTo(400);
		assertThat(broken.words()).contains("UTF-8");
		assertThat(this.editor.upload("/newsletters/weekly/issues", "../../etc/passwd", utf8("words"), Map.of())
			.location()).doesNotContain("..");
	}

	@Test
	@Order(8)
	void theIssueIsShownAsMailInASandboxAndAsText() {
		Page page = this.editor.get(ISSUE);
		assertThat(page.html().select("iframe").attr("sandbox")).doesNotContain("allow-scripts")
			.doesNotContain("allow-same-origin");
		Page frame = this.editor.get(page.html().select("iframe").attr("src"));
		assertThat(frame.header("Content-Security-Policy")).startsWith("sandbox").contains("default-src 'none'");
		assertThat(frame.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
		assertThat(frame.body()).contains("Kettles are back");
		assertThat(this.editor.get(ISSUE + "?as=text").html().select("pre").text()).contains("Kettles are back");
	}

	@Test
	@Order(8)
	void theIssueIsShownWithWhatToMend() {
		this.editor.get("/newsletters/weekly");
		Page page = this.editor.follow(this.editor.upload("/newsletters/weekly/issues", "faulty.md",
				utf8("# Faulty\n\nSee <b>[here]()</b> &amp; ${there}.\n"), Map.of()));
		assertThat(page.html().expectFirst("#check details").hasAttr("open")).isTrue();
		assertThat(page.html().select("#check summary").text()).startsWith("2 errors keep it from being sent; ");
		assertThat(page.html().select("#check h3").eachText()).startsWith("Error: left over from a template",
				"Error: links without address or text");
		assertThat(page.html().select("#check li").eachText()).contains("Line 3: The link “here” has no address.");
		assertThat(page.html().select("#check .help").eachText())
			.contains("Its text arrives, and leads nowhere. Write the address between the parentheses.");
		Page refused = this.editor.get("/newsletters/weekly/issues/faulty/send?when=now");
		assertThat(refused.html().select("form[action$=/sends]")).isEmpty();
		assertThat(refused.words()).contains("2 errors keep it from being sent", "Mend what is wrong");
		assertThat(this.editor.get(ISSUE).html().select("#check summary").text()).doesNotContain("keep");
	}

	@Test
	@Order(9)
	void aTimeThatCantBeMeantIsExplainedBesideTheForm() {
		Page past = this.editor.get(ISSUE + "/send?when=at&date=2020-01-01&time=08:00&zone=Asia/Shanghai");
		assertThat(past.status()).isEqualTo(400);
		assertThat(past.words()).contains("has passed");
		assertThat(past.html().selectXpath("//input[@name='zone']").attr("value")).isEqualTo("Asia/Shanghai");
	}

	@Test
	@Order(9)
	void whatTheCheckWarnsOfIsSeenBeforeItIsConfirmed() {
		Page confirm = this.editor.get(ISSUE + "/send?when=now");
		assertThat(confirm.html().select("#check h3").eachText()).contains("Warning: http without TLS");
		assertThat(confirm.words()).contains("Who sends it now has seen this and confirms it");
		Page unseen = this.editor.post(ISSUE + "/sends", Map.of());
		assertThat(unseen.status()).isEqualTo(409);
		assertThat(unseen.words()).contains("nobody has confirmed that");
		Page other = this.editor.post(ISSUE + "/sends", Map.of("seen", "f".repeat(64)));
		assertThat(other.status()).isEqualTo(409);
		assertThat(other.words()).contains("is not what was confirmed");
		assertThat(this.editor.get(ISSUE).html().select("section h2").eachText()).doesNotContain("Sends of this issue");
	}

	/** As a person does who has seen the page before. */
	private Page schedule(String due, String zone) {
		return this.editor.post(ISSUE + "/sends", Map.of("due", due, "zone", zone, "seen", seen()));
	}

	private String seen() {
		return this.editor.get(ISSUE + "/send?when=now").html().select("input[name=seen]").attr("value");
	}

	@Test
	@Order(10)
	void aScheduledSendCanBeCancelled() {
		String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(2).toString();
		Page confirm = this.editor.get(ISSUE + "/send?when=at&date=" + tomorrow + "&time=08:00&zone=Asia/Shanghai");
		assertThat(confirm.words()).contains("3 readers would get it", "08:00 Asia/Shanghai", "UTC", "in 1 d");
		String due = confirm.html().select("button[name=due]").attr("value");
		Page watch = this.editor.follow(schedule(due, "Asia/Shanghai"));
		assertThat(watch.words()).contains("scheduled", "08:00 Asia/Shanghai");
		assertThat(this.editor.get("/").words()).contains("A quiet <week> & more");
		Page cancelled = this.editor.post(watch.html().select("form.acts").attr("action"), Map.of());
		assertThat(this.editor.follow(cancelled).words()).contains("It was cancelled");
	}

	@Test
	@Order(10)
	void aHeldSendSaysWhyAndIsContinuedByAPerson() {
		String due = LocalDate.now(ZoneOffset.UTC).plusDays(2) + "T00:00:00Z";
		String watch = schedule(due, "UTC").location();
		this.jdbc.sql("UPDATE send SET status = 'HELD', reason = '550 <sender> refused' WHERE status = 'SCHEDULED'")
			.update();
		Page held = this.editor.get(watch);
		assertThat(held.words()).contains("It waits for a decision", "550 <sender> refused", "Continue the send");
		Page continued = this.editor.post(held.html().select("form.acts").attr("action"), Map.of());
		assertThat(this.editor.follow(continued).words()).contains("The send goes on", "scheduled");
		assertThat(this.editor.follow(this.editor.post(watch + "/continue", Map.of())).words())
			.contains("It is not held any more");
		this.editor.post(watch + "/cancel", Map.of());
	}

	@Test
	@Order(10)
	void anEditorPausesContinuesAndCancelsASend() {
		String due = LocalDate.now(ZoneOffset.UTC).plusDays(2) + "T00:00:00Z";
		String watch = schedule(due, "UTC").location();
		assertThat(this.editor.get(watch).html().select("form.acts button").eachText())
			.containsExactly("Cancel the send", "Pause the send");
		assertThat(this.editor.follow(this.editor.post(watch + "/pause", Map.of())).words())
			.contains("The send is paused", "Paused by ann@example.org", "Continue the send", "Cancel the send");
		this.editor.post("/account/preferences", Map.of("language", "zh-CN", "zone", "UTC"));
		assertThat(this.editor.get(watch).words()).contains("暂停者：ann@example.org");
		assertThat(this.editor.get("/").words()).contains("暂停者：ann@example.org");
		this.editor.post("/account/preferences", Map.of("language", "en", "zone", "UTC"));
		assertThat(this.editor.follow(this.editor.post(watch + "/pause", Map.of())).words())
			.contains("nothing to pause");
		this.editor.post(watch + "/continue", Map.of());
		this.jdbc.sql("UPDATE send SET status = 'WAITING' WHERE status = 'SCHEDULED'").update();
		assertThat(this.editor.get(watch).html().select("form.acts button").eachText())
			.containsExactly("Pause the send", "Cancel the send");
		assertThat(this.editor.follow(this.editor.post(watch + "/cancel", Map.of())).words())
			.contains("The send is cancelled", "Cancelled by ann@example.org");
		assertThat(this.editor.follow(this.editor.post(watch + "/cancel", Map.of())).words())
			.contains("the send is over");
	}

	@Test
	@Order(11)
	void aSendSaysWhatItWillDoAndIsWatchedToItsEnd() {
		Page confirm = this.editor.get(ISSUE + "/send?when=now");
		assertThat(confirm.words()).contains("Rehearse now: 3 mails to the built-in mailbox");
		Page asked = this.editor.post(ISSUE + "/sends", Map.of("seen", seen()));
		String watch = asked.location();
		assertThat(watch).startsWith(ISSUE + "/sends/");
		await().atMost(Duration.ofSeconds(60))
			.until(() -> this.editor.get(watch).words(), (words) -> words.contains("3 of 3 accepted."));
		assertThat(this.editor.get(watch).body()).doesNotContain("hx-get").doesNotContain("bob@example.org");
		assertThat(this.editor.get("/newsletters/weekly/issues/passwd/sends/" + watch.replaceAll(".*/", "")).status())
			.isEqualTo(404);
	}

	@Test
	@Order(12)
	void anAdminReadsTheReportAndTheAddressesBehindIt() {
		Page report = this.admin.get(ISSUE + "/report");
		assertThat(report.words()).contains("Accepted", "100.0 %", "No bounce so far", "Nobody has unsubscribed");
		Page addresses = this.admin.get(ISSUE + "/deliveries?state=accepted");
		assertThat(addresses.words()).contains("Accepted: 3 addresses", "bob@example.org");
		assertThat(this.admin.get(ISSUE + "/deliveries?state=uncertain").words()).contains("no address");
		assertThat(this.admin.get(ISSUE + "/deliveries?state=lost").status()).isEqualTo(404);
		assertThat(this.admin.get("/").words()).contains("A quiet <week> & more");
	}

	@Test
	@Order(13)
	void everyMailOfTheRehearsalIsShownAsItsReaderSeesIt() {
		Page mailbox = this.admin.get("/mailbox");
		assertThat(mailbox.words()).contains("ann@example.org", "bob@example.org", "cyd@example.org");
		String mail = mailbox.html().select("main td a").attr("href");
		Page page = this.admin.get(mail);
		assertThat(page.words()).contains("weekly@example.org");
		Page frame = this.admin.get(page.html().select("iframe").attr("src"));
		assertThat(frame.body()).contains("Kettles are back");
		String online = frame.html().select("a:contains(View online)").attr("href").replaceFirst("^https?://[^/]+", "");
		Page draft = this.editor.get(online);
		assertThat(draft.status()).isEqualTo(200);
		assertThat(draft.words()).startsWith("Not published yet: only people who are signed in see this page.")
			.contains("Kettles are back");
		assertThat(new Browser(this.port).get(online).status()).isEqualTo(404);
		assertThat(this.admin.get(mail + "?as=text").words()).contains("Kettles are back");
		assertThat(this.admin.get(mail + "?as=source").words()).contains("List-Unsubscribe");
		assertThat(this.admin.get("/mailbox/..%2f..%2fpom.xml").status()).isIn(400, 404);
		assertThat(this.admin.get("/mailbox/nothing").status()).isEqualTo(404);
	}

	@Test
	@Order(14)
	void aReaderWhoLeftByTheMailProgramIsNamedInTheReport() {
		String mail = this.admin.get("/mailbox").html().select("main td a:contains(quiet)").attr("href");
		String source = this.admin.get(mail + "?as=source").html().select("pre").text();
		String link = source.replaceAll("(?s).*List-Unsubscribe: <[a-z]+://[^/]+([^>]+)>.*", "$1");
		assertThat(new Browser(this.port).post(link, Map.of("List-Unsubscribe", "One-Click")).status()).isEqualTo(200);
		assertThat(this.admin.get(ISSUE + "/report").words()).contains("1 reader has unsubscribed",
				"The last readers who left", "@example.org", "the mail program’s button");
	}

	@Test
	@Order(15)
	void aWaveOfBouncesIsShownToAnAdminWhoDecides() {
		this.jdbc.sql("""
				INSERT INTO bounce_wave (send_id, provider, likeness, text, bounces, recipients, state)
				SELECT MAX(id), 0, '%s', '550 5.1.1 <b>no such user', 30, 90, 'HELD' FROM send WHERE status = 'DONE'
				""".formatted("a".repeat(64))).update();

		assertThat(this.admin.get("/").words()).contains("30 hard bounces are held");
		assertThat(this.editor.get("/").words()).contains("30 hard bounces are held");
		Page report = this.admin.get(ISSUE + "/report");
		assertThat(report.words()).contains("30 hard bounces of this send", "of 90 mails", "550 5.1.1 <b>no such user");
		String action = report.html().select("form[action*=waves]").attr("action");
		assertThat(this.editor.post(action, Map.of("dead", "true")).status()).isEqualTo(403);
		assertThat(this.admin.follow(this.admin.post(action, Map.of("dead", "false"))).words())
			.contains("The bounces stay soft")
			.doesNotContain("550 5.1.1 <b>no such user");
		assertThat(this.admin.follow(this.admin.post(action, Map.of("dead", "true"))).words())
			.contains("decided already");
		assertThat(this.admin.get("/").words()).doesNotContain("hard bounces are held");
	}

	private Page settled(String path) {
		return await().atMost(Duration.ofSeconds(30))
			.until(() -> this.admin.get(path), (page) -> !page.body().contains("hx-get"));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
