package dev.herald.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the page that a browser shows: on a phone and a desk, light and dark. Leaves
 * the pictures in target/screenshots for a person.
 */
record PageLook(ChromeDriver driver) {

	private static final Path PICTURES = Path.of("target/screenshots");

	private static final int[] WIDTHS = { 360, 1280 };

	/**
	 * @param axeInDark axe takes two seconds a page, and looks at light ones always
	 */
	void at(String name, boolean axeInDark) throws IOException {
		Files.createDirectories(PICTURES);
		for (String scheme : List.of("light", "dark")) {
			this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
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
			.analyze(this.driver);
		assertThat(results.getErrorMessage()).as("what keeps axe from looking").isNull();
		return results.getViolations();
	}

	private void photograph(String name, int width, String scheme) throws IOException {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
		Files.write(PICTURES.resolve(name + "-" + width + "-" + scheme + ".png"),
				this.driver.getScreenshotAs(OutputType.BYTES));
		assertThat(((JavascriptExecutor) this.driver)
			.executeScript("return document.documentElement.scrollWidth <= window.innerWidth"))
			.as("nothing of " + name + " is wider than " + width + " px")
			.isEqualTo(true);
	}

}
