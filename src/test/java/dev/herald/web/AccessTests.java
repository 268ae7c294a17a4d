package dev.herald.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Walks every route that is mapped, as nobody, as EDITOR and as ADMIN. */
@WebTest
class AccessTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/{key}/issues/{slug}";

	/** A route that is in none of these three fails the test: decide who may have it. */
	private static final Set<String> EVERYBODY = Set.of("GET /sign-in", "GET /setup", "POST /setup", "* /error",
			"GET /u/{token}", "POST /u/{token}", "GET /u/{token}/preferences", "POST /u/{token}/preferences",
			"GET /u/{token}/request", "POST /u/{token}/request", "GET /join/{key}", "POST /join/{key}",
			"GET /confirm/{token}", "POST /confirm/{token}", "GET /r/{token}/{code}", "GET /o/{token}",
			"GET /archive/{newsletter}", "GET /archive/{newsletter}/feed.atom", "GET /archive/{newsletter}/feed.json",
			"GET /sitemap.xml", "GET /robots.txt", "GET /archive/{newsletter}/{slug}", "POST /webhooks/{key}",
			"GET /webhooks/{key}", "HEAD /webhooks/{key}", "OPTIONS /webhooks/{key}", "PUT /webhooks/{key}",
			"PATCH /webhooks/{key}", "DELETE /webhooks/{key}");

	private static final Set<String> EDITORS = Set.of("GET /", "GET /newsletters/new", "POST /newsletters",
			"GET /newsletters/{key}", "POST /newsletters/{key}/issues", "GET /newsletters/{key}/settings",
			"POST /newsletters/{key}/settings", "GET /newsletters/{key}/subscribers", "GET " + ISSUE,
			"GET " + ISSUE + "/frame", "GET " + ISSUE + "/web/frame", "POST " + ISSUE + "/test",
			"POST /newsletters/{key}/begin", "GET /newsletters/{key}/sign-up", "POST /newsletters/{key}/sign-up",
			"GET /newsletters/{key}/settings/frame", "POST /newsletters/{key}/settings/frame", "GET " + ISSUE + "/edit",
			"POST " + ISSUE + "/edit", "POST " + ISSUE + "/edit/draft", "POST " + ISSUE + "/edit/file",
			"POST " + ISSUE + "/edit/test", "POST " + ISSUE + "/edit/discard", "POST " + ISSUE + "/edit/bring-back",
			"GET " + ISSUE + "/edit/frame", "GET " + ISSUE + "/edit/findings", "GET " + ISSUE + "/history",
			"POST " + ISSUE + "/history", "GET " + ISSUE + "/send", "POST " + ISSUE + "/sends",
			"GET " + ISSUE + "/sends/{id}", "GET " + ISSUE + "/sends/{id}/progress", "GET /calendar",
			"GET " + ISSUE + "/send/when", "GET /newsletters/{key}/segments", "GET /newsletters/{key}/new-segment",
			"POST /newsletters/{key}/new-segment", "POST /newsletters/{key}/segment-count",
			"GET /newsletters/{key}/segments/{id}", "POST /newsletters/{key}/segments/{id}",
			"POST /newsletters/{key}/segments/{id}/delete", "POST /newsletters/{key}/segments/{id}/undo",
			"GET " + ISSUE + "/sends/{id}/move", "POST " + ISSUE + "/sends/{id}/move",
			"GET " + ISSUE + "/sends/{id}/approval", "GET " + ISSUE + "/sends/{id}/frame",
			"POST " + ISSUE + "/sends/{id}/approve", "POST " + ISSUE + "/sends/{id}/keep",
			"POST " + ISSUE + "/sends/{id}/cancel", "POST " + ISSUE + "/sends/{id}/continue",
			"POST " + ISSUE + "/sends/{id}/pause", "GET /sign-in/code", "POST /sign-in/code", "GET /account",
			"POST /account/preferences", "POST /account/password", "POST /account/tokens",
			"POST /account/tokens/{id}/revoke", "POST /account/sessions/{id}/end", "POST /account/sessions/end",
			"GET /account/totp", "POST /account/totp", "POST /account/totp/codes", "POST /account/totp/remove");

	private static final Set<String> ADMINS = Set.of("GET /deliveries/attention", "GET " + ISSUE + "/deliveries/resend",
			"POST " + ISSUE + "/deliveries/resend", "GET " + ISSUE + "/deliveries/uncertain",
			"POST " + ISSUE + "/deliveries/uncertain", "GET /suppressions", "POST /suppressions",
			"GET /suppressions/{id}", "POST /suppressions/{id}/lift", "POST /suppressions/{id}/undo", "GET /review",
			"GET /review/waves/{id}", "POST /review/waves/{id}", "POST /review/waves/{id}/undo",
			"POST /review/reports/{id}", "POST /review/reports/{id}/undo", "GET /accounts", "POST /accounts",
			"POST /accounts/{id}/disable", "POST /accounts/{id}/enable", "POST /accounts/{id}/role",
			"POST /accounts/{id}/totp-reset", "GET /audit", "GET /mailbox", "GET /mailbox/{id}",
			"GET /mailbox/{id}/frame", "GET /mailbox/{id}/eml", "POST /newsletters/{key}/subscribers/imports",
			"GET /newsletters/{key}/subscribers/imports/{id}", "POST /newsletters/{key}/subscribers/imports/{id}",
			"GET /newsletters/{key}/subscribers/imports/{id}/step",
			"POST /newsletters/{key}/subscribers/imports/{id}/mapping",
			"POST /newsletters/{key}/subscribers/imports/{id}/stop",
			"GET /newsletters/{key}/subscribers/imports/{id}/rejects", "GET /newsletters/{key}/subscribers/export",
			"GET " + ISSUE + "/report", "GET " + ISSUE + "/report/figures.csv", "GET " + ISSUE + "/report/figures.json",
			"GET " + ISSUE + "/report/clicks", "GET " + ISSUE + "/report/clicks/frame",
			"GET " + ISSUE + "/report/bounced", "GET " + ISSUE + "/report/bounced/export",
			"GET " + ISSUE + "/report/left", "GET " + ISSUE + "/report/left/export",
			"POST " + ISSUE + "/report/waves/{id}", "GET " + ISSUE + "/deliveries",
			"GET " + ISSUE + "/deliveries/export", "GET /newsletters/{key}/reports", "GET /subscribers",
			"GET /subscribers/{id}", "POST /subscribers/{id}/data", "GET /subscribers/{id}/erase",
			"POST /subscribers/{id}/erase",
			// What keeps the installation going.
			"GET /relays", "GET /relays/limit", "POST /relays/limit", "POST /relays/limit/restore", "GET /health",
			"GET /jobs", "GET /jobs/{id}", "POST /jobs/{id}/restart", "GET /mailboxes", "POST /mailboxes/{name}/test");

	@LocalServerPort
	private int port;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	@Autowired
	private Accounts accounts;

	@Autowired
	private SetUp setUp;

	@Autowired
	private JdbcClient jdbc;

	@BeforeEach
	void makeAccounts() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		}
	}

	@Test
	void everyRouteIsForWhomItIsMeant() {
		assertThat(routes()).allSatisfy(
				(route) -> assertThat(EVERYBODY.contains(route) || EDITORS.contains(route) || ADMINS.contains(route))
					.as("decided who may have " + route)
					.isTrue());
	}

	@Test
	void nobodyIsAskedToSignInForAllThatIsNotPublic() {
		Browser nobody = new Browser(this.port);
		nobody.get(Access.SIGN_IN);
		for (String route : routes()) {
			Page page = ask(nobody, route);
			if (EVERYBODY.contains(route)) {
				assertThat(page.location()).as(route).doesNotStartWith(Access.SIGN_IN);
			}
			else {
				assertThat(page.status()).as(route).isEqualTo(302);
				assertThat(page.location()).as(route).isEqualTo(Access.SIGN_IN);
			}
		}
	}

	@Test
	void anEditorGetsEverythingButWhatIsForAdmins() {
		Browser editor = signedIn("ann@example.org");
		for (String route : routes()) {
			Page page = ask(editor, route);
			assertThat(page.status() == 403).as(route + " " + page).isEqualTo(ADMINS.contains(route));
			assertThat(page.status()).as(route + " " + page).isLessThan(500);
		}
	}

	@Test
	void anAdminIsRefusedNothing() {
		Browser admin = signedIn("ada@example.org");
		for (String route : routes()) {
			Page page = ask(admin, route);
			assertThat(page.status()).as(route + " " + page).isNotEqualTo(403).isLessThan(500);
		}
	}

	@Test
	void figuresOfTheMachineAreForAdmins() {
		String figures = "/actuator/metrics/jvm.memory.used";
		assertThat(new Browser(this.port).get(figures).location()).isEqualTo(Access.SIGN_IN);
		assertThat(signedIn("ann@example.org").get(figures).status()).isEqualTo(403);
		assertThat(signedIn("ada@example.org").get(figures).status()).isEqualTo(200);
	}

	@Test
	void whatIsNotMappedIsDeniedAndNotFound() {
		Browser nobody = new Browser(this.port);
		for (String path : List.of("/nowhere", "/accounts/", "/actuator", "/actuator/env", "/h2-console",
				"/herald.css/../accounts", "/application.yaml")) {
			assertThat(nobody.get(path).status()).as(path).isIn(302, 400, 404);
		}
		assertThat(nobody.get("/nowhere").words()).contains("Nothing is here");
		assertThat(nobody.get("/actuator/env").status()).isEqualTo(404);
		Browser admin = signedIn("ada@example.org");
		assertThat(admin.get("/actuator/env").status()).isEqualTo(404);
		assertThat(admin.get("/").status()).isEqualTo(200);
	}

	@Test
	void aFormWithoutItsTokenIsRefusedAndChangesNothing() {
		Browser admin = signedIn("ada@example.org");
		Map<String, Integer> before = rows();
		for (String route : routes()) {
			boolean ownProof = route.matches("POST /(?:u|webhooks|join|confirm)/.*");
			if (route.startsWith("POST ") && !ownProof) {
				assertThat(admin.postWithout(path(route), Map.of("_csrf", "guess")).status()).as(route).isEqualTo(403);
			}
		}
		assertThat(admin.postWithout("/sign-out", Map.of()).status()).isEqualTo(403);
		assertThat(rows()).isEqualTo(before);
	}

	@Test
	void lookingChangesNothing() {
		Browser admin = signedIn("ada@example.org");
		Map<String, Integer> before = rows();
		for (String route : routes()) {
			if (route.startsWith("GET ")) {
				admin.get(path(route));
			}
		}
		admin.get("/sign-out");
		assertThat(admin.get("/").status()).isEqualTo(200);
		assertThat(rows()).isEqualTo(before);
	}

	@Test
	void pagesMayRunAndShowOnlyWhatComesFromHere() {
		Page page = signedIn("ada@example.org").get("/");
		assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'")
			.doesNotContain("unsafe");
		assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
		assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
		assertThat(page.header("Cache-Control")).contains("no-store");
		assertThat(page.html().select("[style], style, script:not([src]), [onclick]")).isEmpty();
	}

	@Test
	void theFilesOfAPageAreThere() {
		Browser nobody = new Browser(this.port);
		Page page = nobody.get(Access.SIGN_IN);
		for (String path : page.html().select("script[src]").eachAttr("src")) {
			assertThat(nobody.get(path).body()).contains("htmx");
		}
		String stylesheet = page.html().select("link[rel=stylesheet]").attr("href");
		assertThat(nobody.get(stylesheet).header("Cache-Control")).contains("max-age");
		assertThat(nobody.get("/actuator/health").body()).contains("UP");
	}

	@Test
	void aPartOfAPageLoadsTheWholeWhenTheSessionHasEnded() {
		Page page = new Browser(this.port).get("/newsletters/x/issues/y/sends/1/progress", "HX-Request", "true");
		assertThat(page.status()).isEqualTo(401);
		assertThat(page.header("HX-Refresh")).isEqualTo("true");
	}

	@Test
	void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
		Page page = signedIn("ada@example.org").upload("/newsletters/x/issues", "large.md", new byte[3_000_000],
				Map.of());
		assertThat(page.status()).isEqualTo(413);
		assertThat(page.words()).contains("At most 2 MB");
	}

	@Test
	void theSessionOfADisabledAccountEnds() {
		int id = this.accounts.create("eve@example.org", PASSWORD, Role.ADMIN).id();
		Browser eve = signedIn("eve@example.org");
		assertThat(eve.get("/accounts").status()).isEqualTo(200);
		this.accounts.setEnabled(id, false);
		assertThat(eve.get("/accounts").location()).isEqualTo("/sign-in?ended");
		assertThat(eve.get("/sign-in?ended").words()).contains("Your session has ended");
	}

	@Test
	void whoGuessesIsSlowedDownEvenWithTheRightPassword() {
		this.accounts.create("guessed@example.org", PASSWORD, Role.EDITOR);
		Browser guesser = new Browser(this.port);
		for (int i = 0; i < 8; i++) {
			guesser.get(Access.SIGN_IN);
			guesser.post(Access.SIGN_IN, Map.of("address", "guessed@example.org", "password", "guess number " + i));
		}
		guesser.get(Access.SIGN_IN);
		Page page = guesser.post(Access.SIGN_IN, Map.of("address", "guessed@example.org", "password", PASSWORD));
		assertThat(page.location()).startsWith("/sign-in?pause=");
		assertThat(guesser.follow(page).words()).contains("Too many wrong passwords");
	}

	private Browser signedIn(String address) {
		Browser browser = new Browser(this.port);
		browser.signIn(address, PASSWORD);
		return browser;
	}

	private Page ask(Browser browser, String route) {
		String path = path(route);
		if (route.startsWith("POST ")) {
			return route.endsWith("/imports") || route.endsWith("/issues")
					? browser.upload(path, "x.md", new byte[] { 1 }, Map.of()) : browser.post(path, Map.of());
		}
		return browser.get(path);
	}

	private static String path(String route) {
		return route.substring(route.indexOf(' ') + 1)
			.replace("{id}", "999999")
			.replace("{key}", "nothing-here")
			.replaceAll("\\{\\w+}", "nothing");
	}

	/** As METHOD and pattern; * for all methods. */
	private Set<String> routes() {
		Set<String> routes = new TreeSet<>();
		this.mappings.getHandlerMethods().keySet().forEach((mapping) -> {
			Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
			for (String pattern : mapping.getPatternValues()) {
				if (methods.isEmpty()) {
					routes.add("* " + pattern);
				}
				methods.forEach((method) -> routes.add(method + " " + pattern));
			}
		});
		assertThat(routes).hasSizeGreaterThan(20);
		return routes;
	}

	private Map<String, Integer> rows() {
		Map<String, Integer> rows = new TreeMap<>();
		for (String table : List.of("newsletter", "subscriber", "subscription", "segment", "consent", "suppression",
				"issue", "issue_version", "issue_draft", "send", "delivery", "bounce", "account", "test_allowance",
				"suppression_change", "sign_up", "sign_up_count", "notice", "audit_entry", "api_token",
				"recovery_code")) {
			rows.put(table, this.jdbc.sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single());
		}
		return rows;
	}

}
