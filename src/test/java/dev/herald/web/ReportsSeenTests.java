package dev.herald.web;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import dev.herald.account.SetUp;
import dev.herald.newsletter.Newsletter;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.Engagements;
import dev.herald.tracking.LinkClicks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of reports in Chromium, with their charts, in the language of the browser.
 */
@WebTest
@Import(SentIssues.class)
class ReportsSeenTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	/** In pixels of CSS: 210 mm less 16 mm at each side. */
	private static final int A4_LESS_MARGINS = 672;

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private SentIssues sent;

	@Autowired
	private Engagements engagements;

	@Autowired
	private LinkClicks clicks;

	@Autowired
	private Subscriptions subscriptions;

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
		for (int reader = 2; reader <= 30; reader += 2) {
			this.clicks.record(new DeliveryKey(last, reader), SentIssues.KETTLES,
					(reader % 5 == 0) ? Actor.MACHINE : Actor.HUMAN);
			this.subscriptions.unsubscribe(newsletter.id(), reader, ConsentSource.UNSUBSCRIBE_PAGE, last);
		}
		signIn();

		go("/newsletters/weekly/issues/week-6/report");
		assertThat(this.look.driver().findElements(By.cssSelector(".chart canvas"))).hasSize(1);
		this.look.at("report-drawn", true);
		print("report");
		go("/newsletters/weekly/issues/week-6/report/clicks");
		this.look.at("report-clicks", false);
		go("/newsletters/weekly/issues/week-6/report/left?q=reader2");
		this.look.at("report-left", false);
		go("/newsletters/weekly/issues/week-6/report/bounced");
		this.look.at("report-bounced", false);
		go("/newsletters/weekly/issues/week-6/deliveries?state=rejected&q=reader1");
		this.look.at("deliveries-filtered", true);
		go("/newsletters/weekly/reports");
		assertThat(this.look.driver().findElements(By.cssSelector(".chart canvas"))).hasSize(1);
		this.look.at("reports", true);
		print("reports");
		go("/subscribers?q=reader2");
		this.look.at("people", false);
		go("/subscribers/1");
		this.look.at("person", false);
	}

	/** Holds it against the width of a sheet. */
	private void print(String name) throws IOException {
		this.look.leave(name + ".pdf", () -> Base64.getDecoder()
			.decode((String) this.look.driver()
				.executeCdpCommand("Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", false))
				.get("data")));
		this.look.driver()
			.executeCdpCommand("Emulation.setDeviceMetricsOverride",
					Map.of("width", A4_LESS_MARGINS, "height", 900, "deviceScaleFactor", 1, "mobile", false));
		this.look.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
		assertThat(this.look.driver()
			.executeScript("return [document.documentElement.scrollWidth <= window.innerWidth, "
					+ "document.querySelector('.bar').checkVisibility(), "
					+ "document.querySelector('.chart canvas').offsetWidth <= window.innerWidth]"))
			.as("as wide as the paper, without the bar")
			.isEqualTo(List.of(true, false, true));
		this.look.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
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
