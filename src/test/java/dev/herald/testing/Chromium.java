package dev.herald.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.jspecify.annotations.Nullable;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A Chromium and its driver, where this machine has them. */
public final class Chromium {

	/** The check of a long mail's accessibility took more than 30 s on a busy machine. */
	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private Chromium() {
	}

	/** Skips the test with a reason where there is none: nothing is downloaded for it. */
	public static ChromeDriver start() {
		Optional<Path> browser = first(System.getenv("CHROME_BIN"), "/usr/bin/chromium", "/usr/bin/chromium-browser",
				"/usr/bin/google-chrome");
		Optional<Path> driver = first(System.getenv("CHROMEDRIVER_BIN"), "/usr/bin/chromedriver",
				"/usr/lib/chromium-browser/chromedriver");
		assumeTrue(browser.isPresent() && driver.isPresent(),
				"No Chromium with chromedriver here: name them in CHROME_BIN and CHROMEDRIVER_BIN to see the pages tested in a browser");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser.orElseThrow().toString());
		options.addArguments(List.of("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
				"--disable-background-networking", "--force-prefers-reduced-motion"));
		ChromeDriver started = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driver.orElseThrow().toFile()).build(),
				options);
		started.manage().timeouts().scriptTimeout(PATIENCE);
		return started;
	}

	private static Optional<Path> first(@Nullable String... paths) {
		return Stream.of(paths)
			.filter((path) -> path != null && Files.isExecutable(Path.of(path)))
			.map(Path::of)
			.findFirst();
	}

}
