package dev.herald.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.SetUp;

/**
 * Walks the pages as a person in Chromium, at phone and desktop width, light and dark:
 * nothing is wider than the window, axe finds nothing, pictures are left in
 * target/screenshots.
 */
@WebTest
class SeenInABrowserTests {

	/** Between them these show every colour there is. */
	private static final Set<String> ALL_COLOURS = Set.of("newsletter-new-wrong", "issue", "send-done", "report",
			"home", "sign-in", "report-held", "archive-unpublished");

	private static final String PASSWORD = "copper kettle 9 bells";

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private JdbcClient jdbc;

	@TempDir
	private Path files;

	@RegisterExtension
	final PageLook look = new PageLook();

	@Test
	void fromTheSetUpAddressToTheReport() throws IOException {
		signIn();
		createNewsletter();
		importReaders();
		importIssue();
		send();
		report();
		heldBounces();
		pauses();
		mailbox();
		go("/accounts");
		look("accounts");
		account();
		go("/audit");
		look("audit");
		go("/nowhere");
		look("not-found");
	}

	private void signIn() throws IOException {
		go("/setup?token=" + this.setUp.token().orElseThrow());
		type("address", "ada@example.org");
		type("password", PASSWORD);
		look("setup");
		press("Make the account");
		look("sign-in");
		type("address", "ada@example.org");
		type("password", PASSWORD);
		press("Sign in");
		look("first-use");
	}

	private void createNewsletter() throws IOException {
		click("Create a newsletter");
		type("key", "weekly");
		type("name", "科技爱好者周刊");
		type("from", "nobody");
		press("Create the newsletter");
		look("newsletter-new-wrong");
		type("from", "Weekly <weekly@example.org>");
		type("language", "zh-CN");
		type("postalAddress", "1 Kettle Street, Copperton");
		press("Create the newsletter");
		look("newsletter-empty");
		go("/newsletters/weekly/settings");
		this.look.driver().findElement(By.cssSelector(".theme summary")).click();
		look("settings");
	}

	private void importReaders() throws IOException {
		StringBuilder csv = new StringBuilder("email,name\n");
		for (int i = 1; i <= 60; i++) {
			csv.append("reader").append(i).append("@example.org,Reader ").append(i).append('\n');
		}
		csv.append("not an address,X\n");
		go("/newsletters/weekly/subscribers");
		upload("readers.csv", csv.toString());
		press("Check the file");
		await("Nothing is changed yet");
		look("import-checked");
		press("Import: 60 new subscriptions");
		await("60 new subscriptions");
		look("import-done");
		go("/newsletters/weekly/subscribers");
		look("subscribers");
	}

	private void importIssue() throws IOException {
		go("/newsletters/weekly");
		upload("2026-11-24.md", """
				# 第 300 期：a quiet week

				## News · 新闻

				[Kettles are back](http://example.org/kettles) | example.org

				Copper, and louder than ever. 铜壶回来了。 See [the story][] and
				{% include recipes/one-with-a-name-that-is-longer-than-a-telephone-is-wide.html %}.
				""");
		press("Import the issue");
		this.look.driver().findElement(By.cssSelector("#check summary")).click();
		look("issue");
		click("Phone");
		look("issue-phone");
		click("Plain text");
		look("issue-text");
		click("Archive page");
		look("issue-web");
		go("/newsletters/weekly");
		look("newsletter");
	}

	private void send() throws IOException {
		go("/newsletters/weekly/issues/2026-11-24/send?when=at&date=" + LocalDate.now(ZoneOffset.UTC).plusDays(40)
				+ "&time=08:00&zone=Asia/Shanghai");
		look("confirm-scheduled");
		press("Rehearse at");
		look("send-scheduled");
		go("/");
		look("home-scheduled");
		this.look.driver().navigate().back();
		press("Cancel the send");
		// A page that is still on its way would come instead of the next one.
		await("It was cancelled");
		go("/newsletters/weekly/issues/2026-11-24/send?when=now");
		look("confirm-now");
		press("Rehearse now");
		// Without loading again: htmx brings the end.
		await("60 of 60 accepted.");
		look("send-done");
	}

	private void report() throws IOException {
		click("See the report");
		look("report");
		click("Accepted");
		look("deliveries");
		go("/");
		look("home");
	}

	private void heldBounces() throws IOException {
		this.jdbc.sql("""
				INSERT INTO bounce_wave (send_id, provider, likeness, text, bounces, recipients, state)
				SELECT MAX(id), 0, '%s', ?, 31, 60, 'HELD' FROM send WHERE status = 'DONE'
				""".formatted("a".repeat(64)))
			.param("smtp; 550 5.1.1 <reader@example.org>: Recipient address rejected: User unknown in virtual mailbox table")
			.update();
		go("/");
		look("home-held");
		this.look.driver().findElement(By.xpath("//main//li[contains(., '31 hard bounces')]/a")).click();
		look("report-held");
		press("The addresses live");
		await("The bounces stay soft");
		look("report-decided");
	}

	private void pauses() throws IOException {
		this.jdbc.sql("UPDATE subscription SET paused_until = '2099-01-01 00:00:00' WHERE subscriber_id <= 3").update();
		go("/newsletters/weekly/subscribers");
		look("subscribers-paused");
	}

	private void mailbox() throws IOException {
		go("/mailbox");
		look("mailbox");
		this.look.driver().findElement(By.cssSelector("main td a")).click();
		look("mail");
		click("Source");
		look("mail-source");
		go("/archive/weekly/2026-11-24");
		look("archive-unpublished");
	}

	private void account() throws IOException {
		go("/account");
		look("account");
		type("name", "dashboard");
		press("Make a token");
		look("account-token");
		go("/account/totp");
		look("account-totp");
		Authenticator app = new Authenticator(this.look.driver().findElement(By.cssSelector("main code")).getText());
		type("code", app.code());
		press("Turn it on");
		look("account-codes");
		String recoveryCode = this.look.driver().findElement(By.cssSelector("main li code")).getText();
		go("/account");
		look("account-with-token");
		go("/account/totp");
		look("account-totp-there");
		this.look.driver().findElement(By.cssSelector("form[action='/sign-out'] button")).click();
		type("address", "ada@example.org");
		type("password", PASSWORD);
		press("Sign in");
		look("sign-in-code");
		type("code", recoveryCode);
		press("Sign in");
	}

	private void go(String path) {
		this.look.driver().get("http://localhost:" + this.port + path);
	}

	private void type(String field, String text) {
		WebElement input = this.look.driver().findElement(By.id(field));
		input.clear();
		input.sendKeys(text);
	}

	private void upload(String name, String content) throws IOException {
		Path file = Files.writeString(this.files.resolve(name), content);
		this.look.driver().findElement(By.id("file")).sendKeys(file.toAbsolutePath().toString());
	}

	private void press(String words) {
		this.look.driver().findElement(By.xpath("//main//button[contains(., '" + words + "')]")).click();
	}

	private void click(String words) {
		this.look.driver().findElement(By.xpath("//main//a[contains(., '" + words + "')]")).click();
	}

	private void await(String words) {
		new WebDriverWait(this.look.driver(), Duration.ofSeconds(60))
			.until((browser) -> browser.findElement(By.tagName("main")).getText().contains(words));
	}

	private void look(String name) throws IOException {
		this.look.at(name, ALL_COLOURS.contains(name));
	}

}
