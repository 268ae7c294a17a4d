package dev.herald.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page on a phone and a desktop, light and dark: nothing is wider than the window,
 * axe finds nothing, pictures are left in target/screenshots.
 */
class UnsubscribeSeenTests extends UnsubscribeTest {

	private static final Path PICTURES = Path.of("target/screenshots");

	private ChromeDriver driver;

	UnsubscribeSeenTests() {
		super(TestDatabase.H2);
	}

	@BeforeEach
	void open() throws IOException {
		this.driver = Chromium.start();
		Files.createDirectories(PICTURES);
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
		for (String scheme : List.of("light", "dark")) {
			this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
					Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
			for (int width : new int[] { 360, 1280 }) {
				this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
						Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
				Files.write(PICTURES.resolve(name + "-" + width + "-" + scheme + ".png"),
						this.driver.getScreenshotAs(OutputType.BYTES));
				assertThat(((JavascriptExecutor) this.driver)
					.executeScript("return document.documentElement.scrollWidth <= window.innerWidth"))
					.as("nothing of " + name + " is wider than " + width + " px")
					.isEqualTo(true);
			}
			assertThat(new AxeBuilder().disableIframeTesting().analyze(this.driver).getViolations())
				.extracting(Rule::getId, Rule::getHelp, Rule::getNodes)
				.as("what axe finds in " + name + ", " + scheme)
				.isEmpty();
		}
	}

}
