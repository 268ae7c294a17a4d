package dev.herald.web;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import dev.herald.account.SetUp;
import dev.herald.newsletter.Newsletter;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.Engagements;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of reports in Chromium, with their charts, in the language of the browser.
 */
@WebTest
@Import(SentIssues.class)
class ReportsSeenTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private SentIssues sent;

	@Autowired
	private Engagements engagements;

	@TempDir
	private Path files;

	@RegisterExtension
	final PageLook look = new PageLook();

	@Test
	void reportsAreDrawnAndRead() throws IOException {
		this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
		Newsletter newsletter = this.sent.newsletter(this.files);
		for (int week = 1; week <= 5; week++) {
			this.sent.sent(newsletter, "week-" + week, "2026-10-0" + week, 40);
		}
		int last = this.sent.sent(newsletter, "week-6", "2026-11-24", 4).id();
		for (int reader = 1; reader <= 40; reader++) {
			this.engagements.record(new DeliveryKey(last, reader), EngagementKind.OPEN,
					(reader % 4 == 0) ? Actor.MACHINE : Actor.HUMAN);
		}
		signIn();

		go("/newsletters/weekly/issues/week-6/report");
		assertThat(this.look.driver().findElements(By.cssSelector(".chart canvas"))).hasSize(1);
		this.look.at("report-drawn", true);
		go("/newsletters/weekly/issues/week-6/deliveries?state=rejected&q=reader1");
		this.look.at("deliveries-filtered", true);
		go("/newsletters/weekly/reports");
		assertThat(this.look.driver().findElements(By.cssSelector(".chart canvas"))).hasSize(1);
		this.look.at("reports", true);
		go("/subscribers?q=reader2");
		this.look.at("people", false);
		go("/subscribers/1");
		this.look.at("person", false);
	}

	private void signIn() {
		go("/sign-in");
		this.look.driver().findElement(By.id("address")).sendKeys("ada@example.org");
		this.look.driver().findElement(By.id("password")).sendKeys(PASSWORD);
		this.look.driver().findElement(By.cssSelector("main form button")).click();
	}

	private void go(String path) {
		this.look.driver().get("http://localhost:" + this.port + path);
	}

}
