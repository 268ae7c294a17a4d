package dev.herald.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.testing.ServerPort;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Relays and limits, health, jobs and bounce mailboxes, as an ADMIN sees them. */
@WebTest
class OperationPagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final List<String> PAGES = List.of("/relays", "/relays/limit?name=rate",
			"/relays/limit?name=pacing.warm-up", "/relays/limit?name=relays.main.rate",
			"/relays/limit?name=pacing.providers.gmail.connections", "/relays/limit?name=chunk-size", "/health",
			"/jobs", "/mailboxes");

	private static final ScriptedSmtpServer RELAY = ScriptedSmtpServer.start((stage, address) -> null);

	private static final int CLOSED = ServerPort.find();

	@LocalServerPort
	private int port;

	@Autowired
	private Accounts accounts;

	@Autowired
	private SetUp setUp;

	@RegisterExtension
	final PageLook look = new PageLook();

	private Browser admin = new Browser(0);

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry properties) {
		properties.add("herald.relays[0].name", () -> "main");
		properties.add("herald.relays[0].host", () -> "127.0.0.1");
		properties.add("herald.relays[0].port", RELAY::port);
		properties.add("herald.relays[0].rate", () -> "90/s");
		properties.add("herald.allow-local-base-url", () -> "true");
		properties.add("herald.bounce.mailboxes.main.protocol", () -> "imap");
		properties.add("herald.bounce.mailboxes.main.host", () -> "127.0.0.1");
		properties.add("herald.bounce.mailboxes.main.port", () -> CLOSED);
		properties.add("herald.bounce.mailboxes.main.username", () -> "bounce");
		properties.add("herald.bounce.mailboxes.main.password", () -> "battery staple");
	}

	@AfterAll
	static void close() {
		RELAY.close();
	}

	@BeforeEach
	void signIn() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.accounts.create("zhang@example.org", PASSWORD, Role.ADMIN);
		}
		this.admin = signedIn("ada@example.org");
	}

	private Browser signedIn(String address) {
		Browser browser = new Browser(this.port);
		browser.signIn(address, PASSWORD);
		return browser;
	}

	@Test
	void aLimitIsChangedAndUndoneAndThePageSaysWhereEachComesFrom() {
		Page page = this.admin.get("/relays");
		assertThat(page.words()).contains("main (127.0.0.1:" + RELAY.port() + ")", "90/s", "given at the start",
				"Rate of the installation", "no limit", "Herald’s default", "gmail", "Nothing is being warmed up.");
		this.admin.get("/relays/limit?name=rate");
		Page changed = this.admin.post("/relays/limit", Map.of("name", "rate", "value", " 30/s "));
		assertThat(changed.location()).isEqualTo("/relays");
		assertThat(this.admin.follow(changed).words()).contains("Changed: rate.", "changed by ada@example.org");
		assertThat(this.admin.get("/relays/limit?name=rate").words()).contains("Now 30/s", "In the files no limit",
				"Back to the file’s value");
		this.admin.post("/relays/limit",
				Map.of("name", "pacing.warm-up", "value", "main 2020-01-01 5\nnew.example 2199-01-01 50"));
		assertThat(this.admin.get("/relays").words()).contains("through with its plan", "at most 50 today");
		this.admin.follow(this.admin.post("/relays/limit/restore", Map.of("name", "pacing.warm-up")));
		assertThat(this.admin.follow(this.admin.post("/relays/limit/restore", Map.of("name", "rate"))).words())
			.contains("The file’s value of rate counts again.")
			.doesNotContain("30/s");
		assertThat(this.admin.get("/audit?what=limit.restored").words()).contains("limit back to the file’s", "30/s");
	}

	@Test
	void whatIsWrongIsSaidBesideTheFieldAndKeepsWhatWasTyped() {
		this.admin.get("/relays/limit?name=rate");
		Page wrong = this.admin.post("/relays/limit", Map.of("name", "rate", "value", "<b>fast</b>"));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.words()).contains("'<b>fast</b>' is no rate. Write a whole number");
		assertThat(wrong.html().select("#value").attr("value")).isEqualTo("<b>fast</b>");
		assertThat(wrong.html().select("main b")).isEmpty();
		Page unknown = this.admin.get("/relays/limit?name=%3Cscript%3Ealert(1)%3C/script%3E");
		assertThat(unknown.status()).isEqualTo(404);
		assertThat(unknown.html().select("main script")).isEmpty();
		assertThat(this.admin.post("/relays/limit", Map.of("name", "relays.main.password", "value", "x")).status())
			.isEqualTo(400);
	}

	@Test
	void healthSaysWhatIsWrongAndWhatToDoAndTheHomePageTakesFromIt() {
		Page health = this.admin.get("/health");
		assertThat(health.words())
			.contains("main (127.0.0.1:" + RELAY.port() + ") takes mail.",
					"Nobody listens where the mailbox main should be.", "herald.bounce.mailboxes.main", "look at it")
			.doesNotContain("battery staple");
		this.admin.post("/newsletters", Map.of("key", "weekly", "name", "Weekly", "from", "Weekly <weekly@example.org>",
				"language", "en", "postalAddress", "1 Kettle Street"));
		assertThat(this.admin.get("/").words()).contains("Nobody listens where the mailbox main should be.");
	}

	@Test
	void monitoringGetsAStatusAndNoMore() {
		Browser nobody = new Browser(this.port);
		assertThat(nobody.get("/actuator/health").status()).isEqualTo(200);
		assertThat(nobody.get("/actuator/health").body()).contains("\"status\":\"UP\"")
			.doesNotContain("mailbox", "127.");
		assertThat(nobody.get("/actuator/health/work").location()).isEqualTo(Access.SIGN_IN);
		assertThat(this.admin.get("/actuator/health/work").body()).isEqualTo("{\"status\":\"UP\"}");
	}

	@Test
	void jobsShowWhyOneFailedAndGoOnWithIt() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.admin.get("/jobs").words().contains("failed"));
		Page jobs = this.admin.get("/jobs");
		assertThat(jobs.words()).contains("collect-bounces", "mailbox main", "can't be read", "On the schedule");
		// The job purge may have run meanwhile, and stand first.
		String job = jobs.html().select("a[href^=/jobs/]:contains(collect-bounces)").attr("href");
		assertThat(this.admin.get(job).words()).contains("read-mailbox", "Going on reads the bounce mailboxes now");
		assertThat(this.admin.follow(this.admin.post(job + "/restart", Map.of())).words())
			.contains("a server goes on with it");
		assertThat(this.admin.get("/jobs/999999").status()).isEqualTo(404);
		assertThat(this.admin.post("/jobs/999999/restart", Map.of()).status()).isEqualTo(400);
	}

	@Test
	void aMailboxIsTestedOnThePageAndNothingElseCanBe() {
		assertThat(this.admin.get("/mailboxes").words()).contains("imap://127.0.0.1:" + CLOSED, "bounce", "are moved");
		Page tested = this.admin.post("/mailboxes/main/test", Map.of());
		assertThat(tested.words()).contains("Nobody listens where the mailbox main should be.",
				"Check host, port and protocol");
		assertThat(tested.body()).doesNotContain("battery staple");
		assertThat(this.admin.post("/mailboxes/127.0.0.1/test", Map.of()).status()).isEqualTo(400);
	}

	@Test
	void everyPageIsThereInBothLanguagesAndSmall() {
		Browser chinese = signedIn("zhang@example.org");
		chinese.get("/account");
		chinese.post("/account/preferences", Map.of("language", "zh-CN", "zone", "Asia/Shanghai"));
		for (String path : PAGES) {
			Page english = this.admin.get(path);
			assertThat(english.status()).as(path + english).isEqualTo(200);
			assertThat(english.body().length()).as(path).isLessThan(100_000);
			assertThat(english.html().select("nav.areas a[aria-current]")).as(path).hasSize(1);
			Page translated = chinese.get(path);
			assertThat(translated.status()).as(path + translated).isEqualTo(200);
			assertThat(translated.html().select("h1, h2, main p").text()).as(path).matches("(?s).*\\p{IsHan}.*");
		}
	}

	@Test
	void thePagesAreSeenOnAPhoneAndADesk() throws IOException {
		this.look.driver().get("http://localhost:" + this.port + "/sign-in");
		this.look.driver().findElement(By.id("address")).sendKeys("ada@example.org");
		this.look.driver().findElement(By.id("password")).sendKeys(PASSWORD);
		this.look.driver().findElement(By.cssSelector("main form button")).click();
		for (String name : List.of("relays", "health", "jobs", "mailboxes")) {
			this.look.driver().get("http://localhost:" + this.port + "/" + name);
			this.look.at("admin-" + name, false);
		}
		this.look.driver().get("http://localhost:" + this.port + "/relays/limit?name=pacing.warm-up");
		this.look.driver().findElement(By.id("value")).sendKeys("tomorrow");
		this.look.driver().findElement(By.cssSelector("main form button")).click();
		this.look.at("admin-limit", true);
	}

}
