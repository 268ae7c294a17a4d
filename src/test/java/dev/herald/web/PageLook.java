package dev.herald.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriver;

import dev.herald.testing.Chromium;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser of each test's own, opened when it is first asked for, and a look at what it
 * shows: on a phone and a desk, light and dark, nothing is wider than the window and axe
 * finds nothing. Leaves pictures of whole pages in target/screenshots for a person.
 */
final class PageLook implements AfterEachCallback {

	private static final Path PICTURES = Path.of("target/screenshots");

	private static final int[] WIDTHS = { 320, 1280 };

	private @Nullable ChromeDriver driver;

	/** Skips the test with a reason where this machine has no browser. */
	ChromeDriver driver() {
		if (this.driver == null) {
			this.driver = Chromium.start();
		}
		return this.driver;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.driver != null) {
			this.driver.quit();
			this.driver = null;
		}
	}

	/**
	 * @param axeInDark axe takes two seconds a page, and looks at light ones always
	 */
	void at(String name, boolean axeInDark) throws IOException {
		Files.createDirectories(PICTURES);
		for (String scheme : List.of("light", "dark")) {
			driver().executeCdpCommand("Emulation.setEmulatedMedia",
					Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
			for (int width : WIDTHS) {
				photograph(name, width, scheme);
			}
			if (scheme.equals("light") || axeInDark) {
				assertThat(violations()).extracting(Rule::getId, Rule::getHelp, Rule::getNodes)
					.as("what axe finds in " + name + ", " + scheme)
					.isEmpty();
			}
		}
	}

	/**
	 * Axe describes the elements of what it found wrong alone. It works in the page's own
	 * window, its legacy mode, instead of one that is opened for each run: frames are not
	 * looked into here.
	 */
	@SuppressWarnings("deprecation")
	private List<Rule> violations() {
		AxeRunOptions options = new AxeRunOptions();
		options.setResultTypes(List.of("violations"));
		options.setIFrames(false);
		Results results = new AxeBuilder().withOptions(options)
			.disableIframeTesting()
			.setLegacyMode()
			.analyze(driver());
		assertThat(results.getErrorMessage()).as("what keeps axe from looking").isNull();
		return results.getViolations();
	}

	private void photograph(String name, int width, String scheme) throws IOException {
		driver().executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
		Files.write(PICTURES.resolve(name + "-" + width + "-" + scheme + ".png"),
				Base64.getDecoder()
					.decode((String) driver()
						.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
						.get("data")));
		assertThat(driver().executeScript("return document.documentElement.scrollWidth <= window.innerWidth"))
			.as("nothing of " + name + " is wider than " + width + " px")
			.isEqualTo(true);
	}

}
