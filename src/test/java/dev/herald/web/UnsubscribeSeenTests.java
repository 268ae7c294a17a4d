package dev.herald.web;

import java.io.IOException;
import java.time.Duration;

import dev.herald.testing.Chromium;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The page on a phone and a desktop, light and dark: nothing is wider than the window,
 * axe finds nothing, pictures are left in target/screenshots.
 */
class UnsubscribeSeenTests extends UnsubscribeTest {

	private ChromeDriver driver;

	UnsubscribeSeenTests() {
		super(TestDatabase.H2);
	}

	@BeforeEach
	void open() {
		this.driver = Chromium.start();
	}

	@AfterEach
	void close() {
		if (this.driver != null) {
			this.driver.quit();
		}
	}

	@Test
	void aPauseThenAnUndoThenLeaving() throws IOException {
		this.driver.get(link(7).toString());
		look("unsubscribe-offer");
		press("pause-2-weeks");
		look("unsubscribe-paused");
		this.driver.findElement(By.name("undo")).click();
		look("unsubscribe-undone");
		press("pause-1-month");
		// Still on its way, this page would come instead of the next one.
		new WebDriverWait(this.driver, Duration.ofSeconds(60))
			.until((browser) -> browser.findElement(By.name("undo")).isDisplayed());
		this.driver.get(link(7).toString());
		look("unsubscribe-during-pause");
		press("unsubscribe");
		look("unsubscribe-done");
		this.driver.get(link(9).toString());
		look("unsubscribe-zh");
		this.driver.get(here("/u/x").toString());
		look("unsubscribe-unknown");
	}

	private void press(String value) {
		this.driver.findElement(By.cssSelector("button[value='" + value + "']")).click();
	}

	private void look(String name) throws IOException {
		new PageLook(this.driver).at(name, true);
	}

}
