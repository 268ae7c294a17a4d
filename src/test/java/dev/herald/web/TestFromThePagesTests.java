package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.testing.ScriptedSmtpServer.Stage;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** An editor mails an issue to a few from its page. */
@WebTest
class TestFromThePagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/first";

	private static final ScriptedSmtpServer RELAY = ScriptedSmtpServer
		.start((stage, address) -> (stage == Stage.RCPT && address.startsWith("bo@"))
				? "550 5.1.1 <bo@example.net>: Recipient address rejected: User unknown" : null);

	@RegisterExtension
	final PageLook look = new PageLook();

	@LocalServerPort
	private int port;

	@Autowired
	private Accounts accounts;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@DynamicPropertySource
	static void relay(DynamicPropertyRegistry properties) {
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", RELAY::port);
		properties.add("herald.test-send.rate", () -> "3/h");
	}

	@AfterAll
	static void close() {
		RELAY.close();
	}

	@BeforeEach
	void anIssue() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
			Newsletter weekly = this.newsletters.create("weekly", new NewsletterSettings("The Weekly",
					Mailbox.parse("Weekly <weekly@example.org>"), null, Locale.ENGLISH, null, "1 Kettle Street"));
			this.issues.importFile(weekly, "first.md",
					"# A quiet week\n\n## News\n\nDear ${name}, kettles are back.".getBytes(StandardCharsets.UTF_8),
					null);
		}
	}

	@Test
	void anEditorSeesWhatBecameOfEachMail() {
		Browser editor = new Browser(this.port);
		editor.signIn("ann@example.org", PASSWORD);
		assertThat(editor.get(ISSUE).html().select("#to").attr("value")).as("one click").isEqualTo("ann@example.org");
		Page tested = editor.post(ISSUE + "/test", Map.of("to", "ann@example.org, bo@example.net"));
		assertThat(tested.location()).isEqualTo(ISSUE + "#test");
		Page page = editor.get(ISSUE);
		assertThat(page.words()).contains("The test “[Test] A quiet week”, by the relay 127.0.0.1:" + RELAY.port(),
				"ann@example.org (as Sample Reader): accepted by the relay: 250 2.0.0 taken",
				"Not accepted. bo@example.net (as Sample Reader): rejected by the relay: 550 5.1.1 <bo@example.net>: Recipient address rejected: User unknown",
				"1 error of the check would keep the issue from being sent.");
		assertThat(page.html().select("input[name=to]").attr("value")).isEqualTo("ann@example.org, bo@example.net");
		assertThat(editor.get(ISSUE).words()).as("told once").doesNotContain("The test “");
		assertThat(editor.get("/archive/weekly/first").words()).as("where “View online” leads")
			.startsWith("Not published yet: only people who are signed in see this page.");
		assertThat(new Browser(this.port).get("/archive/weekly/first").status()).isEqualTo(404);
		editor.get(ISSUE);
		editor.post(ISSUE + "/test", Map.of("to", "<script>"));
		assertThat(editor.get(ISSUE).words()).contains("'<script>' is no address", "Nothing was sent.");
	}

	@Test
	void whatIsInTheEditorIsTestedBeforeItIsSaved() {
		Browser editor = new Browser(this.port);
		editor.signIn("ann@example.org", PASSWORD);
		Page opened = editor.get(ISSUE + "/edit");
		assertThat(opened.html().select("#to").attr("value")).as("one click").isEqualTo("ann@example.org");
		Page tested = editor.follow(editor.post(ISSUE + "/edit/test", Map.of("to", "ann@example.org", "basedOn",
				opened.html().select("input[name=basedOn]").attr("value"), "text", "# An unsaved title\n\nPots.")));
		assertThat(tested.words()).contains("The test “[Test] An unsaved title”", "accepted by the relay",
				"Draft kept");
		assertThat(editor.get(ISSUE).html().select("h1").text()).isEqualTo("A quiet week");
	}

	@Test
	void theFormAndItsAnswerAreSeenInABrowser() throws IOException {
		ChromeDriver driver = this.look.driver();
		driver.get("http://localhost:" + this.port + "/sign-in");
		driver.findElement(By.id("address")).sendKeys("ada@example.org");
		driver.findElement(By.id("password")).sendKeys(PASSWORD);
		driver.findElement(By.cssSelector("main button")).click();
		driver.get("http://localhost:" + this.port + ISSUE);
		driver.findElement(By.id("to")).clear();
		driver.findElement(By.id("to")).sendKeys("ann@example.org, bo@example.net");
		driver.findElement(By.cssSelector("#test button")).click();
		driver.executeScript("document.getElementById('preview').remove()");
		this.look.at("issue-test", true);
	}

}
