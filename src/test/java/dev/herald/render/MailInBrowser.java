package dev.herald.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * One mail in Chromium: loaded once, then shown in any width and either scheme. Its
 * pictures are grey boxes of their size; nothing leaves this machine. Not thread-safe.
 */
final class MailInBrowser {

	/** In pixels; a picture of a whole long issue takes seconds. */
	private static final int HIGHEST_PICTURE = 6000;

	/** What pictures without a stated size are often as large as. */
	private static final int WIDTH = 1200;

	private static final int HEIGHT = 630;

	/** Landmarks are those of the mail reader around the mail. */
	private static final String ALL_RULES = """
			resultTypes: ['violations'],
			rules: { 'region': { enabled: false }, 'landmark-one-main': { enabled: false } }""";

	/** What a scheme can change. */
	private static final String COLOUR_RULES = """
			resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block']""";

	private static final String MEASURE = resource("/dev/herald/render/measure.js");

	private static final String ACTING = resource("/dev/herald/render/acting.js");

	private static final String AXE = resource("/axe.min.js");

	private final ChromeDriver driver;

	private String scheme = "light";

	private int width;

	MailInBrowser(ChromeDriver driver) {
		this.driver = driver;
	}

	private static String resource(String name) {
		try (InputStream in = MailInBrowser.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException(name + " is not on the class path");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * @param folder for the page
	 */
	void open(String html, Path folder) throws IOException {
		Document page = Jsoup.parse(html);
		page.outputSettings().prettyPrint(false);
		page.select("img").forEach(MailInBrowser::replaced);
		Path file = Files.writeString(folder.resolve("mail.html"), page.outerHtml());
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("http://*", "https://*")));
		this.driver.get(file.toUri().toString());
		this.driver.executeScript(AXE);
	}

	/**
	 * In base64: the addresses that are blocked are looked for anywhere in an address.
	 */
	private static void replaced(Element picture) {
		String box = "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' style='background:#a0a4aa'/>"
			.formatted(pixels(picture.attr("width"), WIDTH), pixels(picture.attr("height"), HEIGHT));
		picture.attr("src", "data:image/svg+xml;base64,"
				+ Base64.getEncoder().encodeToString(box.getBytes(StandardCharsets.US_ASCII)));
	}

	private static int pixels(String stated, int otherwise) {
		return stated.matches("[1-9]\\d{0,3}") ? Integer.parseInt(stated) : otherwise;
	}

	void show(String newScheme, int newWidth) {
		this.scheme = newScheme;
		this.width = newWidth;
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", newScheme))));
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", newWidth, "height", 900, "deviceScaleFactor", 1, "mobile", false));
	}

	/** As Gmail does in some of its programs. */
	void stripStyles() {
		this.driver.executeScript("document.querySelectorAll('style').forEach((style) => style.remove())");
	}

	/** What is wrong with its measures, where it is shown now. */
	List<String> measure(String language) {
		boolean styled = Boolean.TRUE.equals(this.driver.executeScript("return !!document.querySelector('style')"));
		return named(this.driver.executeScript(MEASURE, this.width <= 480, styled, language));
	}

	/** Whether the page is wider than the window: all that colours could change. */
	List<String> overflow() {
		return named(this.driver.executeScript("""
				const { scrollWidth, clientWidth } = document.documentElement;
				return scrollWidth > clientWidth ? ['the page is ' + scrollWidth + ' px wide'] : [];
				"""));
	}

	/** What axe finds: all in light, colours in dark. */
	List<String> axe() {
		return named(this.driver.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run(document, { %s }).then((found) => done(found.violations.flatMap((rule) => rule.nodes.slice(0, 5)
						.map((node) => rule.id + ': ' + node.failureSummary + ' ' + node.html.slice(0, 200)))),
					(error) => done(['axe: ' + error]));
				""".formatted(this.scheme.equals("light") ? ALL_RULES : COLOUR_RULES)));
	}

	/** What of pieces of HTML may not be in an issue, as Chromium parses them. */
	List<String> acting(List<String> pieces) {
		Object found = this.driver.executeScript(ACTING, pieces, List.copyOf(Inert.ELEMENTS),
				List.copyOf(Inert.ATTRIBUTES), Inert.HREF, Inert.SRC);
		return ((List<?>) found).stream().map(String::valueOf).toList();
	}

	private List<String> named(Object findings) {
		List<String> named = new ArrayList<>();
		((List<?>) findings).forEach((finding) -> named.add(this.width + " px, " + this.scheme + ": " + finding));
		return named;
	}

	void photograph(Path file) throws IOException {
		long height = (Long) this.driver.executeScript("return document.documentElement.scrollHeight");
		Map<String, Object> picture = this.driver.executeCdpCommand("Page.captureScreenshot", Map.of(
				"captureBeyondViewport", true, "clip",
				Map.of("x", 0, "y", 0, "width", this.width, "height", Math.min(height, HIGHEST_PICTURE), "scale", 1)));
		Files.createDirectories(file.getParent());
		Files.write(file, Base64.getDecoder().decode((String) picture.get("data")));
	}

}
