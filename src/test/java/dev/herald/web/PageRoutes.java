package dev.herald.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.herald.web.Browser.Page;

import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Which addresses are pages for people: all that GET is mapped to, less files, parts of
 * pages and mails in frames, which are told by what they answer, and less what is named
 * here with a reason.
 */
final class PageRoutes {

	/** A new route that belongs here needs a reason. */
	static final Map<String, String> NO_PAGES = Map.of("/setup",
			"gone as soon as there is an account: FromSetUpToReportTests sees it", "/sign-in/code",
			"only for who is half signed in: EveryPageTests sees it between the others", "/error",
			"the answer to what went wrong: EveryPageTests sees it at an address that is none", "/webhooks/{key}",
			"answers providers of relays", "/r/{token}/{code}",
			"leads to where an issue links: TrackedLinksTests follows it", "/o/{token}",
			"a picture of one point: TrackedLinksTests fetches it",
			"/newsletters/{key}/subscribers/imports/{id}/rejects",
			"a file that is there when the import is over: AttackTests reads it");

	private static final Map<String, String> USUAL = Map.of("{key}", "weekly", "{slug}", Showcase.ISSUE, "{newsletter}",
			"weekly");

	private final Set<String> routes = new TreeSet<>();

	private final Map<String, String> examples;

	/**
	 * @param examples by a pattern the address of one that shows something, where the
	 * usual newsletter and its usual issue don't make one
	 */
	PageRoutes(RequestMappingHandlerMapping mappings, Map<String, String> examples) {
		this.examples = examples;
		mappings.getHandlerMethods().keySet().forEach((mapping) -> {
			Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
			if (methods.isEmpty() || methods.contains(RequestMethod.GET)) {
				this.routes.addAll(mapping.getPatternValues());
			}
		});
	}

	/** In the order of their addresses, each as the least who may see it sees it. */
	List<ShownPage> pages(Browser nobody, Browser editor, Browser admin) {
		List<ShownPage> pages = new ArrayList<>();
		for (String route : this.routes) {
			if (NO_PAGES.containsKey(route)) {
				continue;
			}
			String path = path(route);
			for (Viewer viewer : Viewer.values()) {
				Browser browser = switch (viewer) {
					case EVERYBODY -> nobody;
					case EDITOR -> editor;
					case ADMIN -> admin;
				};
				Page page = browser.get(path);
				if (page.status() == 200) {
					if (isPage(page)) {
						pages.add(new ShownPage(route, path, viewer));
					}
					break;
				}
				if (viewer == Viewer.ADMIN) {
					throw new AssertionError("GET " + route + " shows nothing at " + path
							+ ": name an example in Showcase, or in PageRoutes why it is no page. " + page);
				}
			}
		}
		return pages;
	}

	private static boolean isPage(Page page) {
		return page.header("Content-Type").startsWith("text/html")
				&& !page.header("Content-Security-Policy").startsWith("sandbox")
				&& page.body().stripLeading().regionMatches(true, 0, "<!doctype html", 0, 14);
	}

	/** What follows an example belongs to it too: …/imports/{id}/rejects. */
	private String path(String route) {
		String example = this.examples.get(route);
		if (example != null) {
			return example;
		}
		int slash = route.lastIndexOf('/');
		String last = route.substring(slash + 1);
		String value = last.startsWith("{") ? USUAL.get(last) : last;
		if (value == null) {
			throw new AssertionError("Which " + last + "? Name an example of " + route + " in Showcase");
		}
		return ((slash > 0) ? path(route.substring(0, slash)).replaceFirst("\\?.*", "") : "") + "/" + value;
	}

	/** The least that sees a page. */
	enum Viewer {

		EVERYBODY, EDITOR, ADMIN

	}

	record ShownPage(String route, String path, Viewer viewer) {

		/** For files and headings: {@code issue-report}, {@code subscribers-one}. */
		String name() {
			String name = this.route.replace("/newsletters/{key}/issues/{slug}", "/issue")
				.replace("/newsletters/{key}", "/newsletter")
				.replace("/{id}", "/one")
				.replaceAll("^/archive/\\{newsletter}$", "/archive/list")
				.replaceAll("/\\{\\w+}", "")
				.substring(1)
				.replace('/', '-');
			return name.isEmpty() ? "home" : name;
		}

	}

}
