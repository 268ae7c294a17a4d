package dev.herald.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriver;

import dev.herald.testing.Chromium;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser of each test's own, opened when it is first asked for, and a look at what it
 * shows: on a phone and a desk, light and dark, nothing is wider than the window and axe
 * finds nothing. With -Dpages.pictures=true it leaves pictures of whole pages in
 * target/screenshots for a person.
 */
final class PageLook implements AfterEachCallback {

	private static final Path PICTURES = Path.of("target/screenshots");

	/** A third of a browser test's time. */
	private static final boolean PHOTOGRAPHS = Boolean.getBoolean("pages.pictures");

	private static final int[] WIDTHS = { 320, 1280 };

	/** What a scheme can change. */
	private static final String COLOURS = ", runOnly: ['color-contrast', 'link-in-text-block']";

	private static final String AXE = axe();

	private @Nullable ChromeDriver driver;

	private static String axe() {
		try (InputStream in = Objects.requireNonNull(PageLook.class.getResourceAsStream("/axe.min.js"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

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
	 * @param axeInDark whether axe looks at the colours of the dark page too
	 */
	void at(String name, boolean axeInDark) throws IOException {
		for (String scheme : List.of("light", "dark")) {
			scheme(scheme);
			for (int width : WIDTHS) {
				width(width);
				leave(name + "-" + width + "-" + scheme + ".png", () -> photograph(Map.of()));
				assertThat(isWithinTheWindow()).as("nothing of " + name + " is wider than " + width + " px").isTrue();
			}
			if (scheme.equals("light") || axeInDark) {
				assertThat(violations(scheme.equals("dark"))).as("what axe finds in " + name + ", " + scheme).isEmpty();
			}
		}
	}

	/** For a person to look at, where that is asked for. */
	void leave(String picture, Supplier<byte[]> content) throws IOException {
		if (PHOTOGRAPHS) {
			Files.createDirectories(PICTURES);
			Files.write(PICTURES.resolve(picture), content.get());
		}
	}

	void scheme(String scheme) {
		driver().executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	void width(int width) {
		driver().executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
	}

	/** As the browser asks from now on, which holds where the account says nothing. */
	void language(String tag) {
		driver().executeCdpCommand("Network.enable", Map.of());
		driver().executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", tag)));
	}

	/** Of the page that is shown. */
	String language() {
		return String.valueOf(driver().executeScript("return document.documentElement.lang"));
	}

	boolean isWithinTheWindow() {
		return Boolean.TRUE
			.equals(driver().executeScript("return document.documentElement.scrollWidth <= window.innerWidth"));
	}

	/**
	 * A PNG of the whole page.
	 * @param clip of it, empty for all
	 */
	byte[] photograph(Map<String, ?> clip) {
		Map<String, Object> options = clip.isEmpty() ? Map.of("captureBeyondViewport", true)
				: Map.of("captureBeyondViewport", true, "clip", clip);
		return Base64.getDecoder()
			.decode((String) driver().executeCdpCommand("Page.captureScreenshot", options).get("data"));
	}

	/**
	 * What axe finds in the page; frames are not looked into.
	 * @param coloursAlone leaves out the rest: whatever another scheme can't change
	 */
	List<String> violations(boolean coloursAlone) {
		driver().executeScript("if (!window.axe) {" + AXE + "}");
		Object found = driver().executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run(document, { resultTypes: ['violations'], iframes: false, preload: false%s }).then(
					(found) => done(found.violations.flatMap((rule) => rule.nodes.slice(0, 5)
						.map((node) => rule.id + ': ' + node.failureSummary + ' ' + node.html.slice(0, 200)))),
					(error) => done(['axe: ' + error]));
				""".formatted(coloursAlone ? COLOURS : ""));
		return ((List<?>) found).stream().map(String::valueOf).toList();
	}

}
