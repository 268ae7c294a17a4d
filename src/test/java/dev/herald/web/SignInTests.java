package dev.herald.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.Account;
import dev.herald.account.Accounts;
import dev.herald.account.ApiTokens;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions, the second factor, tokens, and attempts to get round them. */
@WebTest
class SignInTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	@LocalServerPort
	private int port;

	@Autowired
	private Accounts accounts;

	@Autowired
	private ApiTokens tokens;

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
		this.jdbc.sql("DELETE FROM SPRING_SESSION").update();
	}

	@Test
	void whoOnlyLooksLeavesNoSessionBehind() {
		Browser nobody = new Browser(this.port);
		for (String path : List.of("/", "/sign-in", "/newsletters/x", "/herald.css", "/u/guess", "/archive/x/y",
				"/nowhere", "/actuator/health")) {
			nobody.get(path);
		}
		nobody.get(Access.SIGN_IN);
		nobody.post(Access.SIGN_IN, Map.of("address", "ann@example.org", "password", "guess"));
		assertThat(sessions()).isZero();
		assertThat(nobody.cookie("herald")).isEmpty();
	}

	@Test
	void aSessionThatSomebodyElsePlantedIsNotTheOneThatIsSignedIn() {
		Browser attacker = signedIn("ann@example.org");
		String planted = attacker.cookie("herald");
		Browser victim = new Browser(this.port);
		victim.plant("herald", planted);
		victim.signIn("ada@example.org", PASSWORD);
		assertThat(victim.cookie("herald")).isNotEqualTo(planted).isNotEmpty();
		assertThat(attacker.get("/accounts").status()).as("not an ADMIN by it").isNotEqualTo(200);
		assertThat(attacker.get("/account").location()).as("the planted one is over").startsWith("/sign-in");
		victim = new Browser(this.port);
		victim.plant("herald", "made-up");
		victim.signIn("ada@example.org", PASSWORD);
		assertThat(victim.cookie("herald")).isNotEqualTo("made-up");
	}

	@Test
	void cookiesAreForNoScriptAndNoOtherSite() {
		Browser browser = new Browser(this.port);
		Page form = browser.get(Access.SIGN_IN);
		assertThat(form.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
		Page in = browser.post(Access.SIGN_IN, Map.of("address", "ann@example.org", "password", PASSWORD));
		assertThat(in.response().headers().allValues("Set-Cookie")).anyMatch((cookie) -> cookie.startsWith("herald=")
				&& cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
	}

	@Test
	void oneIsTakenToThePageThatWasAskedForAndNeverElsewhere() {
		Browser browser = new Browser(this.port);
		browser.get("/newsletters/new?x=1");
		browser.get(Access.SIGN_IN);
		assertThat(signIn(browser).location()).isEqualTo("/newsletters/new?x=1");
		for (String evil : List.of("https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example",
				"javascript%3Aalert(1)", "%2F%0d%0aX: y", "%zz")) {
			Browser tricked = new Browser(this.port);
			tricked.plant("herald-wanted", evil);
			tricked.get(Access.SIGN_IN);
			Page page = signIn(tricked);
			assertThat(page.location()).as(evil).isEqualTo("/");
			assertThat(page.header("Location")).doesNotContain("evil");
		}
	}

	@Test
	void fieldsThatNoFormHasChangeNothing() {
		Browser editor = signedIn("ann@example.org");
		Map<String, String> fields = new HashMap<>(Map.of("language", "en", "zone", "Europe/Berlin", "role", "ADMIN",
				"id", "1", "enabled", "0", "password", "x", "sessionGeneration", "99"));
		assertThat(editor.post("/account/preferences", fields).location()).isEqualTo("/account");
		Account ann = this.accounts.find("ann@example.org").orElseThrow();
		assertThat(ann.role()).isEqualTo(Role.EDITOR);
		assertThat(ann.enabled()).isTrue();
		assertThat(String.valueOf(ann.zone())).isEqualTo("Europe/Berlin");
		assertThat(this.accounts.isPassword(ann, PASSWORD)).isTrue();
		assertThat(editor.get("/account").status()).isEqualTo(200);
	}

	@Test
	void aNewPasswordTakesTheOldOneAndSignsOutEverywhereElse() {
		this.accounts.create("pia@example.org", PASSWORD, Role.EDITOR);
		Browser here = signedIn("pia@example.org");
		Browser elsewhere = signedIn("pia@example.org");
		here.get("/account");
		Page refused = here.post("/account/password", Map.of("old", "guess", "password", "seven brass kettles"));
		assertThat(refused.words()).contains("That is not your password now");
		here.post("/account/password", Map.of("old", PASSWORD, "password", "seven brass kettles"));
		assertThat(here.get("/account").words()).contains("You are signed out everywhere else");
		assertThat(elsewhere.get("/account").status()).isEqualTo(302);
	}

	@Test
	void sessionsAreSeenAndEnded() {
		this.accounts.create("sue@example.org", PASSWORD, Role.EDITOR);
		Browser here = signedIn("sue@example.org");
		Browser elsewhere = signedIn("sue@example.org");
		Page page = here.get("/account");
		assertThat(page.html().select("#sessions tbody tr")).hasSize(2);
		assertThat(page.body()).doesNotContain(elsewhere.cookie("herald"));
		here.post(page.html().select("#sessions td form").attr("action"), Map.of());
		assertThat(elsewhere.get("/account").location()).isEqualTo("/sign-in?ended");
		assertThat(here.get("/account").html().select("#sessions tbody tr")).hasSize(1);
	}

	@Test
	void aSessionThatCantBeReadIsSignedOut() {
		Browser browser = signedIn("ann@example.org");
		this.jdbc.sql("UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = X'ACED0005'").update();
		assertThat(browser.get("/account").location()).isEqualTo("/sign-in");
		browser.get(Access.SIGN_IN);
		assertThat(signIn(browser).location()).isEqualTo("/account");
	}

	@Test
	void theSecondFactorIsSetUpAskedForAndReset() throws Exception {
		Account tom = this.accounts.create("tom@example.org", PASSWORD, Role.EDITOR);
		Browser browser = signedIn("tom@example.org");
		Page form = browser.get("/account/totp");
		assertThat(form.html().select("svg path").attr("d")).startsWith("M4 4h1v1h-1z");
		Authenticator app = new Authenticator(form.html().select("main code").text());
		assertThat(browser.post("/account/totp", Map.of("code", "12")).words()).contains("not the code of this secret");
		Page codes = browser.post("/account/totp", Map.of("code", app.code()));
		List<String> recovery = codes.html().select("li code").eachText();
		assertThat(recovery).hasSize(10);
		assertThat(browser.get("/account/totp").body()).doesNotContain("<svg");

		Browser again = new Browser(this.port);
		again.get("/newsletters/new");
		again.get(Access.SIGN_IN);
		Page password = again.post(Access.SIGN_IN, Map.of("address", "tom@example.org", "password", PASSWORD));
		assertThat(password.location()).isEqualTo(Access.CODE);
		assertThat(again.get("/account").location()).as("half a sign-in opens nothing").isEqualTo(Access.CODE);
		again.get(Access.CODE);
		assertThat(again.post(Access.CODE, Map.of("code", app.code())).words()).as("used to set it up")
			.contains("That code is wrong");
		assertThat(again.post(Access.CODE, Map.of("code", recovery.get(0))).location()).isEqualTo("/newsletters/new");
		assertThat(again.get("/account").words()).contains("9 recovery codes");

		Browser admin = signedIn("ada@example.org");
		admin.get("/accounts");
		admin.post("/accounts/" + tom.id() + "/totp-reset", Map.of());
		assertThat(this.accounts.byId(tom.id()).orElseThrow().totp()).isFalse();
	}

	@Test
	void guessingCodesIsSlowedDownAndKnowingThePasswordDoesNotHelp() {
		Account uma = this.accounts.create("uma@example.org", PASSWORD, Role.EDITOR);
		this.jdbc.sql("UPDATE account SET totp_secret = X'00' WHERE id = ?").param(uma.id()).update();
		Browser guesser = new Browser(this.port);
		Page page = guesser.get(Access.SIGN_IN);
		for (int i = 0; i < 20 && !page.location().contains("pause"); i++) {
			guesser.get(Access.SIGN_IN);
			page = guesser.post(Access.SIGN_IN, Map.of("address", "uma@example.org", "password", PASSWORD));
			guesser.get(Access.CODE);
			guesser.post(Access.CODE, Map.of("code", "abc"));
		}
		assertThat(page.location()).startsWith("/sign-in?pause=");
		assertThat(guesser.follow(page).words()).containsPattern("Try again at \\d\\d:\\d\\d:\\d\\d \\(");
	}

	@Test
	void aTokenReadsAsItsAccountMayAndNothingElse() {
		Account ada = this.accounts.find("ada@example.org").orElseThrow();
		Account ann = this.accounts.find("ann@example.org").orElseThrow();
		String admin = "Bearer " + this.tokens.create(ada, "metrics", 1);
		String editor = "Bearer " + this.tokens.create(ann, "dashboard", 1);
		String figures = "/actuator/metrics/jvm.memory.used";
		Browser program = new Browser(this.port);
		assertThat(program.get(figures, "Authorization", admin).status()).isEqualTo(200);
		assertThat(program.get(figures, "Authorization", editor).status()).isEqualTo(403);
		assertThat(program.get(figures, "Authorization", "Bearer herald_guess").status()).isEqualTo(401);
		assertThat(program.get("/newsletters/new", "Authorization", editor).status()).isEqualTo(200);
		for (String path : List.of("/account", "/account/totp", "/accounts", "/audit", "/sign-in/code", "/setup")) {
			assertThat(program.get(path, "Authorization", admin).status()).as(path).isEqualTo(403);
		}
		assertThat(program.send("POST", "/newsletters", "Authorization", admin).status()).isEqualTo(403);
		assertThat(program.send("DELETE", "/newsletters/new", "Authorization", admin).status()).isEqualTo(403);
		assertThat(sessions()).isZero();
		assertThat(program.get(figures).location()).isEqualTo("/sign-in");
	}

	@Test
	void pagesSpeakTheLanguageAndTheZoneOfTheAccountElseTheBrowsers() {
		assertThat(language(new Browser(this.port), "zh-CN,zh;q=0.9,en;q=0.8")).isEqualTo("zh-CN");
		assertThat(language(new Browser(this.port), "fr,de;q=0.5")).isEqualTo("en");
		assertThat(language(new Browser(this.port), "fr,en;q=0.5,zh;q=0.1")).isEqualTo("en");
		Account kim = this.accounts.create("kim@example.org", PASSWORD, Role.EDITOR);
		Browser browser = signedIn("kim@example.org");
		browser.get("/account");
		browser.post("/account/preferences", Map.of("language", "zh-CN", "zone", "America/Lima"));
		assertThat(language(browser, "en")).isEqualTo("zh-CN");
		assertThat(browser.get("/account").html().select("#sessions td").text()).contains("America/Lima");
		browser.get("/account");
		assertThat(browser.post("/account/preferences", Map.of("language", "xx", "zone", "Mars/Crater")).status())
			.isEqualTo(400);
		assertThat(this.accounts.byId(kim.id()).orElseThrow().zone()).hasToString("America/Lima");
	}

	private static String language(Browser browser, String accepted) {
		String path = browser.cookie("herald").isEmpty() ? Access.SIGN_IN : "/account";
		return browser.get(path, "Accept-Language", accepted).html().select("html").attr("lang");
	}

	private Browser signedIn(String address) {
		Browser browser = new Browser(this.port);
		browser.signIn(address, PASSWORD);
		return browser;
	}

	private static Page signIn(Browser browser) {
		return browser.post(Access.SIGN_IN, Map.of("address", "ann@example.org", "password", PASSWORD));
	}

	private int sessions() {
		return this.jdbc.sql("SELECT COUNT(*) FROM SPRING_SESSION").query(Integer.class).single();
	}

}
