package dev.herald.web;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.herald.account.SetUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What EveryPageTests does not come by: other ways to see the same, answers to forms,
 * empty lists, the second factor. At phone and desktop width, light and dark, nothing is
 * wider than the window, axe finds nothing.
 */
@WebTest
@Import({ Showcase.class, ShowcaseHistory.class })
class SeenInABrowserTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/" + Showcase.ISSUE;

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Showcase showcase;

	@TempDir
	private Path files;

	@RegisterExtension
	final PageLook look = new PageLook();

	@Test
	void whatComesBetweenPagesIsInNobodysWay() throws IOException {
		this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
		Browser admin = new Browser(this.port);
		admin.signIn("ada@example.org", PASSWORD);
		String mail = Objects.requireNonNull(this.showcase.fill(admin, admin, this.files).get("/mailbox/{id}"));
		signIn();
		bar();
		otherWays(mail);
		answers();
		secondFactor();
	}

	/** That of an admin has most in it: two lines on a phone, one on a desk. */
	private void bar() throws IOException {
		for (String language : List.of("zh-CN", "en")) {
			this.look.driver().executeCdpCommand("Network.enable", Map.of());
			this.look.driver()
				.executeCdpCommand("Network.setExtraHTTPHeaders",
						Map.of("headers", Map.of("Accept-Language", language)));
			go("/newsletters/weekly/reports");
			this.look.width(1280);
			assertThat(height()).as("a desk's bar, " + language).isLessThanOrEqualTo(60);
			assertThat(this.look.driver().findElement(By.cssSelector(".bar .menu")).isDisplayed()).isFalse();
			assertThat(this.look.driver().findElement(By.cssSelector(".mine [href='/mailbox']")).isDisplayed())
				.isTrue();
			for (int width : new int[] { 320, 375 }) {
				this.look.width(width);
				assertThat(height()).as("a phone's bar, " + language + ", " + width).isLessThanOrEqualTo(96);
				assertThat(this.look.isWithinTheWindow()).isTrue();
				menu("bar-menu-" + language + "-" + width);
			}
		}
	}

	private long height() {
		return ((Number) Objects
			.requireNonNull(this.look.driver().executeScript("return document.querySelector('.bar').offsetHeight")))
			.longValue();
	}

	/** By keys alone. */
	private void menu(String name) throws IOException {
		WebElement menu = this.look.driver().findElement(By.cssSelector(".bar .menu"));
		WebElement first = this.look.driver().findElement(By.cssSelector(".mine a"));
		assertThat(first.isDisplayed()).isFalse();
		menu.sendKeys(Keys.ENTER);
		assertThat(first.isDisplayed()).isTrue();
		menu.sendKeys(Keys.TAB);
		assertThat(this.look.driver().switchTo().activeElement()).isEqualTo(first);
		assertThat(this.look.violations(false)).as(name).isEmpty();
		this.look.leave(name + ".png", () -> this.look.photograph(Map.of()));
		first.sendKeys(Keys.ESCAPE);
		assertThat(first.isDisplayed()).isFalse();
		assertThat(this.look.driver().switchTo().activeElement()).isEqualTo(menu);
	}

	private void otherWays(String mail) throws IOException {
		look("issue-phone", ISSUE + "?as=phone");
		look("issue-text", ISSUE + "?as=text");
		look("issue-web", ISSUE + "?as=web");
		look("mail-source", mail + "?as=source");
		look("send-scheduled", "/newsletters/weekly/issues/next");
		look("deliveries-none", ISSUE + "/deliveries?state=cancelled");
		look("people-none", "/subscribers?q=nobody-at-all");
		look("audit-none", "/audit?day=2020-01-01");
		look("archive-unpublished", "/archive/weekly/spouts-again");
		look("not-found", "/nowhere");
	}

	private void answers() throws IOException {
		go("/newsletters/weekly/settings");
		this.look.driver().findElement(By.cssSelector(".theme summary")).click();
		type("from", "nobody");
		press("Save the settings");
		this.look.at("settings-wrong", true);
		go(ISSUE + "/report");
		press("The addresses live");
		assertThat(this.look.driver().findElement(By.tagName("main")).getText()).contains("The bounces stay soft");
		this.look.at("report-decided", false);
	}

	private void secondFactor() throws IOException {
		go("/account");
		type("name", "nightly");
		press("Make a token");
		this.look.at("account-token", false);
		go("/account/totp");
		Authenticator app = new Authenticator(this.look.driver().findElement(By.cssSelector("main code")).getText());
		type("code", app.code());
		press("Turn it on");
		this.look.at("account-codes", false);
		String recoveryCode = this.look.driver().findElement(By.cssSelector("main li code")).getText();
		look("account-totp-there", "/account/totp");
		this.look.driver().findElement(By.cssSelector("form[action='/sign-out'] button")).click();
		signIn();
		this.look.at("sign-in-code", false);
		type("code", recoveryCode);
		press("Sign in");
	}

	private void signIn() {
		go("/sign-in");
		type("address", "ada@example.org");
		type("password", PASSWORD);
		press("Sign in");
	}

	private void look(String name, String path) throws IOException {
		go(path);
		this.look.at(name, false);
	}

	private void go(String path) {
		this.look.driver().get("http://localhost:" + this.port + path);
	}

	private void type(String field, String text) {
		WebElement input = this.look.driver().findElement(By.id(field));
		input.clear();
		input.sendKeys(text);
	}

	private void press(String words) {
		this.look.driver().findElement(By.xpath("//main//button[contains(., '" + words + "')]")).click();
	}

}
