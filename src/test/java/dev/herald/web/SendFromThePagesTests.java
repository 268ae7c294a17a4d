package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.herald.account.SetUp;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One installation from its first start to the report of its first issue, through the
 * pages, by hand and without JavaScript. The tests follow each other.
 */
@WebTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SendFromThePagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/2026-11-24";

	private static final String MARKDOWN = """
			# A quiet <week> & more

			## News

			[Kettles are back](https://example.org/kettles) | example.org

			Copper, and louder than ever.
			""";

	private static Browser admin;

	private static Browser editor;

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Test
	@Order(1)
	void theSetUpAddressMakesTheFirstAdmin() {
		admin = new Browser(this.port);
		assertThat(admin.get("/setup?token=guess").status()).isEqualTo(404);
		String token = this.setUp.token().orElseThrow();
		assertThat(admin.get("/setup?token=" + token).words()).contains("Make the first account");
		Page refused = admin.post("/setup", Map.of("token", token, "address", "ada@example.org", "password", "short"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.words()).contains("at least 12 characters");
		assertThat(refused.html().selectXpath("//input[@name='address']").attr("value")).isEqualTo("ada@example.org");
		Page made = admin.post("/setup", Map.of("token", token, "address", "ada@example.org", "password", PASSWORD));
		assertThat(made.location()).isEqualTo("/sign-in?ready");
		assertThat(admin.get("/setup?token=" + token).status()).isEqualTo(404);
		assertThat(admin.get(Access.SIGN_IN).words()).contains("Sign in");
		Page wrong = admin.post(Access.SIGN_IN, Map.of("address", "ada@example.org", "password", "not this one"));
		assertThat(admin.follow(wrong).words()).contains("don’t belong together");
		admin.signIn("ada@example.org", PASSWORD);
		assertThat(admin.get("/").words()).contains("Create a newsletter");
	}

	@Test
	@Order(2)
	void anAdminAddsAnEditor() {
		admin.get("/accounts");
		Page added = admin.post("/accounts",
				Map.of("address", "ann@example.org", "password", PASSWORD, "role", "EDITOR"));
		assertThat(admin.follow(added).words()).contains("ann@example.org can sign in now");
		Page refused = admin.post("/accounts", Map.of("address", "no address", "password", PASSWORD, "role", "EDITOR"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(admin.post("/accounts", Map.of("address", "x@example.org", "password", PASSWORD, "role", "OWNER"))
			.status()).isEqualTo(400);
		editor = new Browser(this.port);
		editor.signIn("ann@example.org", PASSWORD);
		assertThat(editor.get("/").body()).doesNotContain("/accounts");
	}

	@Test
	@Order(3)
	void anEditorCreatesANewsletterAndIsToldWhatIsWrongBesideEachField() {
		editor.get("/newsletters/new");
		Map<String, String> form = new LinkedHashMap<>(Map.of("key", "weekly", "name", "<b>Weekly</b>", "from",
				"nobody", "language", "no language", "baseUrl", "javascript:alert(1)"));
		Page refused = editor.post("/newsletters", form);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.html().select("[aria-invalid]").eachAttr("name")).containsExactly("from", "language",
				"baseUrl");
		form.put("from", "Weekly \"W\" <weekly@example.org>");
		form.put("language", "en");
		form.put("baseUrl", "https://example.org/");
		form.put("key", "No Key");
		assertThat(editor.post("/newsletters", form).html().select("[aria-invalid]").eachAttr("name"))
			.containsExactly("key");
		form.put("key", "weekly");
		Page created = editor.post("/newsletters", form);
		assertThat(created.location()).isEqualTo("/newsletters/weekly");
		Page page = editor.follow(created);
		assertThat(page.html().select("h1").text()).isEqualTo("<b>Weekly</b>");
		assertThat(page.html().select("main b")).isEmpty();
	}

	@Test
	@Order(4)
	void itsSettingsCanBeChanged() {
		Page page = editor.get("/newsletters/weekly/settings");
		assertThat(page.html().selectXpath("//input[@name='from']").attr("value")).contains("weekly@example.org");
		Page changed = editor.post("/newsletters/weekly/settings", Map.of("name", "Weekly Letter", "from",
				"Weekly <weekly@example.org>", "language", "en", "postalAddress", "1 Kettle Street"));
		assertThat(editor.follow(changed).words()).contains("The settings are saved");
		assertThat(editor.get("/newsletters/nothing").status()).isEqualTo(404);
	}

	@Test
	@Order(5)
	void anAdminSeesWhatACsvFileHoldsBeforeItIsImported() {
		admin.get("/newsletters/weekly/subscribers");
		String csv = "email,name\nann@example.org,Ann\nbob@example.org,=HYPERLINK(\"x\")\nno address,<script>x</script>\ncyd@example.org,Cyd\n";
		Page uploaded = admin.upload("/newsletters/weekly/subscribers/imports", "readers.csv", utf8(csv), Map.of());
		String path = uploaded.location();
		Page checked = settled(path);
		assertThat(checked.words()).contains("Nothing is changed yet", "3 new subscriptions", "1 row rejected");
		assertThat(checked.body()).doesNotContain("<script>x");
		assertThat(admin.get("/newsletters/weekly/subscribers").words()).contains("Nobody gets the next issue");
		admin.get(path);
		assertThat(admin.post(path, Map.of()).location()).isEqualTo(path);
		admin.post(path, Map.of());
		assertThat(settled(path).words()).contains("Imported", "3 new subscriptions");
		assertThat(admin.get("/newsletters/weekly/subscribers").words()).contains("3 readers get the next issue");
		assertThat(admin.get(path + "/rejects").body()).contains("no address");
		Page export = admin.get("/newsletters/weekly/subscribers/export");
		assertThat(export.header("Content-Disposition")).isEqualTo("attachment; filename=\"weekly.csv\"");
		assertThat(export.body()).contains("ann@example.org").doesNotContain(",=HYPERLINK");
		assertThat(editor.get("/newsletters/weekly/subscribers").words()).contains("3 readers", "ask one");
	}

	@Test
	@Order(6)
	void aFileThatIsNoCsvIsRefusedInWords() {
		admin.get("/newsletters/weekly/subscribers");
		Page uploaded = admin.upload("/newsletters/weekly/subscribers/imports", "x.csv",
				new byte[] { (byte) 0xff, (byte) 0xfe, 0, 1 }, Map.of());
		assertThat(settled(uploaded.location()).words()).contains("The file can’t be used");
		assertThat(admin.upload("/newsletters/weekly/subscribers/imports", "x.csv", new byte[0], Map.of()).words())
			.contains("No file was chosen");
	}

	@Test
	@Order(7)
	void anEditorImportsAnIssueAndIsToldWhatIsWrongWithAFile() {
		editor.get("/newsletters/weekly");
		Page imported = editor.upload("/newsletters/weekly/issues", "C:\\letters\\2026-11-24.md", utf8(MARKDOWN),
				Map.of("slug", ""));
		assertThat(imported.location()).isEqualTo(ISSUE);
		assertThat(editor.follow(imported).words()).contains("A quiet <week> & more", "is imported");
		editor.get("/newsletters/weekly");
		assertThat(editor.follow(editor.upload("/newsletters/weekly/issues", "2026-11-24.md", utf8(MARKDOWN), Map.of()))
			.words()).contains("Nothing was changed");
		Page other = editor.upload("/newsletters/weekly/issues", "2026-11-24.md", utf8("# Other\n\nwords"), Map.of());
		assertThat(other.status()).isEqualTo(400);
		Page broken = editor.upload("/newsletters/weekly/issues", "bad.md", new byte[] { '#', ' ', (byte) 0xc3, '(' },
				Map.of());
		assertThat(broken.status()).isEqualTo(400);
		assertThat(broken.words()).contains("UTF-8");
		assertThat(editor.upload("/newsletters/weekly/issues", "../../etc/passwd", utf8("words"), Map.of()).location())
			.doesNotContain("..");
	}

	@Test
	@Order(8)
	void theIssueIsShownAsMailInASandboxAndAsText() {
		Page page = editor.get(ISSUE);
		assertThat(page.html().select("iframe").attr("sandbox")).doesNotContain("allow-scripts")
			.doesNotContain("allow-same-origin");
		Page frame = editor.get(page.html().select("iframe").attr("src"));
		assertThat(frame.header("Content-Security-Policy")).startsWith("sandbox").contains("default-src 'none'");
		assertThat(frame.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
		assertThat(frame.body()).contains("Kettles are back");
		assertThat(editor.get(ISSUE + "?as=text").html().select("pre").text()).contains("Kettles are back");
	}

	@Test
	@Order(9)
	void aTimeThatCantBeMeantIsExplainedBesideTheForm() {
		Page past = editor.get(ISSUE + "/send?when=at&date=2020-01-01&time=08:00&zone=Asia/Shanghai");
		assertThat(past.status()).isEqualTo(400);
		assertThat(past.words()).contains("has passed");
		assertThat(past.html().selectXpath("//input[@name='zone']").attr("value")).isEqualTo("Asia/Shanghai");
	}

	@Test
	@Order(10)
	void aScheduledSendCanBeCancelled() {
		String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(2).toString();
		Page confirm = editor.get(ISSUE + "/send?when=at&date=" + tomorrow + "&time=08:00&zone=Asia/Shanghai");
		assertThat(confirm.words()).contains("3 readers would get it", "08:00 Asia/Shanghai", "UTC", "in 1 d");
		String due = confirm.html().select("button[name=due]").attr("value");
		Page watch = editor.follow(editor.post(ISSUE + "/sends", Map.of("due", due, "zone", "Asia/Shanghai")));
		assertThat(watch.words()).contains("scheduled", "08:00 Asia/Shanghai");
		assertThat(editor.get("/").words()).contains("A quiet <week> & more");
		Page cancelled = editor.post(watch.html().select("form.acts").attr("action"), Map.of());
		assertThat(editor.follow(cancelled).words()).contains("It was cancelled");
	}

	@Test
	@Order(11)
	void aSendSaysWhatItWillDoAndIsWatchedToItsEnd() {
		Page confirm = editor.get(ISSUE + "/send?when=now");
		assertThat(confirm.words()).contains("Rehearse now: 3 mails to the built-in mailbox");
		Page asked = editor.post(ISSUE + "/sends", Map.of());
		String watch = asked.location();
		assertThat(watch).startsWith(ISSUE + "/sends/");
		await().atMost(Duration.ofSeconds(60))
			.until(() -> editor.get(watch).words(), (words) -> words.contains("Done: 3 of 3 accepted."));
		assertThat(editor.get(watch).body()).doesNotContain("hx-get").doesNotContain("bob@example.org");
		assertThat(editor.get("/newsletters/weekly/issues/passwd/sends/" + watch.replaceAll(".*/", "")).status())
			.isEqualTo(404);
	}

	@Test
	@Order(12)
	void anAdminReadsTheReportAndTheAddressesBehindIt() {
		Page report = admin.get(ISSUE + "/report");
		assertThat(report.words()).contains("Accepted", "100.0 %", "No bounce so far", "Nobody has unsubscribed");
		Page addresses = admin.get(ISSUE + "/deliveries?state=accepted");
		assertThat(addresses.words()).contains("Accepted: 3 addresses", "bob@example.org");
		assertThat(admin.get(ISSUE + "/deliveries?state=uncertain").words()).contains("no address");
		assertThat(admin.get(ISSUE + "/deliveries?state=lost").status()).isEqualTo(404);
		assertThat(admin.get("/").words()).contains("A quiet <week> & more");
	}

	@Test
	@Order(13)
	void everyMailOfTheRehearsalIsShownAsItsReaderSeesIt() {
		Page mailbox = admin.get("/mailbox");
		assertThat(mailbox.words()).contains("ann@example.org", "bob@example.org", "cyd@example.org");
		String mail = mailbox.html().select("main td a").attr("href");
		Page page = admin.get(mail);
		assertThat(page.words()).contains("weekly@example.org");
		assertThat(admin.get(page.html().select("iframe").attr("src")).body()).contains("Kettles are back");
		assertThat(admin.get(mail + "?as=text").words()).contains("Kettles are back");
		assertThat(admin.get(mail + "?as=source").words()).contains("List-Unsubscribe");
		assertThat(admin.get("/mailbox/..%2f..%2fpom.xml").status()).isIn(400, 404);
		assertThat(admin.get("/mailbox/nothing").status()).isEqualTo(404);
	}

	private Page settled(String path) {
		return await().atMost(Duration.ofSeconds(30))
			.until(() -> admin.get(path), (page) -> !page.body().contains("hx-get"));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
