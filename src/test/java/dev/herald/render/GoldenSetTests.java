package dev.herald.render;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.herald.testing.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real issues as Chromium shows their mails, at four widths, light and dark, and without
 * their styles. With -Dgolden.pictures=true the pictures are left in target/golden for a
 * person; that takes a minute more.
 */
class GoldenSetTests {

	private static final Path PICTURES = Path.of("target/golden");

	private static final List<Integer> WIDTHS = List.of(320, 375, 600, 1024);

	private static final int PHONE = 375;

	private static final long STARTED = System.nanoTime();

	private static ChromeDriver driver;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		driver = Chromium.start();
	}

	@AfterAll
	static void quit() {
		if (driver != null) {
			driver.quit();
			System.out
				.println("The golden set took " + Duration.ofNanos(System.nanoTime() - STARTED).toSeconds() + " s");
		}
	}

	@ParameterizedTest
	@FieldSource("dev.herald.render.GoldenIssue#ALL")
	void theMailReadsWellEverywhere(GoldenIssue issue) throws IOException {
		MailInBrowser mail = new MailInBrowser(driver);
		mail.open(ParsedMail.of(issue.compile().message(SampleMails.ANN)).html(), this.folder);
		List<String> findings = new ArrayList<>();
		for (int width : WIDTHS) {
			mail.show("light", width);
			findings.addAll(mail.measure(issue.language()));
			photograph(mail, issue, width, "light");
		}
		for (String scheme : List.of("light", "dark")) {
			mail.show(scheme, PHONE);
			findings.addAll(mail.axe());
		}
		for (int width : WIDTHS) {
			mail.show("dark", width);
			findings.addAll((width == PHONE) ? mail.measure(issue.language()) : mail.overflow());
			photograph(mail, issue, width, "dark");
		}
		assertThat(findings).as("what is wrong with " + issue.name()).isEmpty();
		mail.stripStyles();
		for (int width : List.of(320, 1024)) {
			mail.show("light", width);
			findings.addAll(mail.measure(issue.language()));
		}
		assertThat(findings).as("what is wrong with " + issue.name() + " without its styles").isEmpty();
	}

	private static void photograph(MailInBrowser mail, GoldenIssue issue, int width, String scheme) throws IOException {
		if (Boolean.getBoolean("golden.pictures")) {
			mail.photograph(PICTURES.resolve(issue.name() + "-" + width + "-" + scheme + ".png"));
		}
	}

	/**
	 * What the sanitiser's own parser and a browser's read differently is how one is
	 * fooled.
	 */
	@Test
	void aBrowserFindsNothingThatActsInRandomIssues() {
		long seed = System.nanoTime();
		MailInBrowser browser = new MailInBrowser(driver);
		List<String> bodies = HostileIssueTests.randomBodies(seed, 400);
		HostileIssueTests.hostile().forEach((issue) -> bodies.add(HostileIssueTests.body("Text\n\n" + issue)));
		assertThat(browser.acting(bodies)).as("seed " + seed).isEmpty();
		assertThat(browser.acting(List.of("<p onclick=x>a<a href=javascript:x>b</a></p><script>c</script>")))
			.hasSize(3);
	}

	@Test
	void whatReadsBadlyIsFound() throws IOException {
		MailInBrowser mail = new MailInBrowser(driver);
		mail.open("""
				<html lang="de"><title>Bad</title><style>i { color: red }</style><body style="margin: 0">
				<div class="preheader">Shown</div><h1>One</h1><h1>Two</h1><div role="article" dir="ltr" lang="en">
				<div class="content" style="width: 300px">
				<p style="width: 500px">Wide</p><p style="font-size: 11px">Tiny</p><p style="font-size: 15px">Small</p>
				<p style="width: 20px">Unbreakable</p><p><a href="https://example.org">Low</a></p>
				<img src="https://example.org/a.png" width="200" height="100" style="height: 20px">
				<h4 style="color: #aaa">Pale and deep</h4></div></div></body></html>
				""", this.folder);
		mail.show("light", 375);
		assertThat(mail.measure("en")).extracting((finding) -> finding.replaceFirst("^375 px, light: ", ""))
			.contains("the page is 500 px wide", "p \"Wide\" reaches from 0 to 500", "p \"Tiny\" is set in 11 px",
					"body text p \"Small\" is set in 15 px", "a picture of 200 by 100 px is shown as 200 by 20",
					"2 headings of level one", "html is said to be in \"de\", ", "the preheader is shown, or not there")
			.anyMatch((finding) -> finding.startsWith("p \"Unbreakable\" holds "))
			.anyMatch((finding) -> finding.matches("a \"Low\" is \\d+ px high"));
		assertThat(mail.axe()).anyMatch((finding) -> finding.contains("color-contrast"))
			.anyMatch((finding) -> finding.contains("heading-order"))
			.anyMatch((finding) -> finding.contains("image-alt"));
	}

}
