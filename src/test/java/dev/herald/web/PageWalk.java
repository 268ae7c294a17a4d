package dev.herald.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.herald.web.Browser.Page;
import dev.herald.web.PageRoutes.ShownPage;
import org.jsoup.nodes.Document;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/**
 * What is wrong with a page that Chromium shows: for who has a narrow screen, a slow
 * line, no script, no mouse, or a screen reader.
 */
final class PageWalk {

	private static final int[] WIDTHS = { 320, 375, 1280 };

	private static final int MOST_OCTETS = 100_000;

	/** What a page says and asks; links may be added by a script that needs them. */
	private static final String SUBSTANCE = "h1, h2, h3, label, th, main form[action] button";

	private static final String KEYBOARD = resource("/dev/herald/web/keyboard.js");

	private final PageLook look;

	PageWalk(PageLook look) {
		this.look = look;
	}

	private static String resource(String name) {
		try (InputStream in = Objects.requireNonNull(PageWalk.class.getResourceAsStream(name))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Of the page that is loaded now.
	 * @param served the same as a browser without JavaScript gets it
	 * @param dark whether axe looks at its colours in the dark too
	 */
	List<String> findings(ShownPage page, Page served, boolean dark) {
		List<String> findings = new ArrayList<>();
		for (int width : WIDTHS) {
			this.look.width(width);
			findings.addAll(overflow(width));
		}
		findings.addAll(this.look.violations(false));
		if (dark) {
			this.look.scheme("dark");
			findings.addAll(this.look.violations(true));
			this.look.scheme("light");
		}
		findings.addAll(weight());
		findings.addAll(withoutScript(served.html()));
		findings.addAll(keyboard());
		return of(page, findings);
	}

	/**
	 * Of the page that is loaded now, where another language is all that changes.
	 * @param width of the window
	 */
	List<String> findings(ShownPage page, int width) {
		List<String> findings = new ArrayList<>(overflow(width));
		findings.addAll(this.look.violations(false));
		return of(page, findings);
	}

	private static List<String> of(ShownPage page, List<String> findings) {
		return findings.stream().map((finding) -> page.route() + " " + finding).toList();
	}

	private List<String> overflow(int width) {
		return this.look.isWithinTheWindow() ? List.of() : List.of("is wider than " + width + " px");
	}

	/** As it comes over the wire. */
	private List<String> weight() {
		long octets = (Long) this.look.driver().executeScript("""
				const files = performance.getEntriesByType('resource')
				  .filter((file) => /\\.(js|css)(\\?|$)/.test(file.name));
				return [...performance.getEntriesByType('navigation'), ...files]
				  .reduce((sum, file) => sum + file.encodedBodySize, 0)""");
		return (octets > MOST_OCTETS) ? List.of("weighs " + octets + " octets") : List.of();
	}

	private List<String> withoutScript(Document served) {
		List<String> findings = new ArrayList<>();
		Set<String> said = new TreeSet<>(served.select(SUBSTANCE).eachText());
		Object shown = this.look.driver()
			.executeScript("return [...document.querySelectorAll('" + SUBSTANCE
					+ "')].map((element) => element.textContent.trim().replace(/\\s+/g, ' '))");
		for (Object text : (List<?>) shown) {
			if (!said.contains(text)) {
				findings.add("says only by script: " + text);
			}
		}
		if (served.select("h1").size() != 1) {
			findings.add("has " + served.select("h1").size() + " headings of level one");
		}
		return findings;
	}

	private List<String> keyboard() {
		long presses = (Long) this.look.driver().executeScript(KEYBOARD);
		new Actions(this.look.driver()).sendKeys(Keys.TAB.toString().repeat((int) presses)).perform();
		return ((List<?>) this.look.driver().executeScript("return walked()")).stream().map(String::valueOf).toList();
	}

}
