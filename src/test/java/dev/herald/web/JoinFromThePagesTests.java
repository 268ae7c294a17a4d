package dev.herald.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.herald.account.Accounts;
import dev.herald.account.SetUp;
import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.signup.SignUpForm;
import dev.herald.signup.SignUpForms;
import dev.herald.signup.Welcome;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.ReceivedMail;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Readers, bots and mail scanners sign up and confirm over HTTP. */
@WebTest
class JoinFromThePagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final ScriptedSmtpServer RELAY = ScriptedSmtpServer.start();

	private static final int IN_ALL = 200;

	private static final int BOTS = 10_000;

	private static final List<String> TABLES = List.of("consent_proof", "consent", "subscription", "subscriber",
			"sign_up", "sign_up_address", "sign_up_count", "notice", "suppression");

	@RegisterExtension
	final PageLook look = new PageLook();

	@LocalServerPort
	private int port;

	@Autowired
	private Accounts accounts;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private SignUpForms forms;

	@Autowired
	private Suppressions suppressions;

	@Autowired
	private JdbcClient jdbc;

	/** A form as a person sees it: it may be sent for a day. */
	private static final Map<String, String> LOOKED = new HashMap<>();

	/** Of those that came before this test. */
	private int mailsBefore;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry properties) throws IOException {
		Path refused = Files.writeString(Files.createTempFile("refused", ".txt"), "throwaway.example\n");
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", RELAY::port);
		properties.add("herald.allow-local-base-url", () -> "true");
		properties.add("herald.sign-up.in-all", () -> IN_ALL + "/h");
		properties.add("herald.sign-up.least-time", () -> "3s");
		properties.add("herald.sign-up.refused-domains-file", refused::toString);
		properties.add("server.tomcat.remoteip.remote-ip-header", () -> "X-Forwarded-For");
		properties.add("server.tomcat.remoteip.internal-proxies", () -> "127\\.0\\.0\\.1");
	}

	@AfterAll
	static void close() {
		RELAY.close();
	}

	@BeforeEach
	void aNewsletterThatIsOpen() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			for (String key : List.of("weekly", "shut")) {
				this.newsletters.create(key, new NewsletterSettings("The Weekly",
						Mailbox.parse("Weekly <weekly@example.org>"), null, Locale.ENGLISH, null, "1 Kettle Street"));
			}
			this.forms.change(this.newsletters.require("weekly"), new SignUpForm(true, "", Welcome.NONE));
		}
		Awaitility.await().until(() -> waiting() == 0);
		TABLES.forEach((table) -> this.jdbc.sql("DELETE FROM " + table).update());
		this.mailsBefore = RELAY.received().size();
	}

	private int waiting() {
		return this.jdbc.sql("SELECT COUNT(*) FROM notice WHERE state IN ('READY', 'SENDING')")
			.query(Integer.class)
			.single();
	}

	/** The mails that left in this test, once nothing waits any more. */
	private List<ReceivedMail> mails() {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);
		return RELAY.received().stream().skip(this.mailsBefore).map(ReceivedMail::of).toList();
	}

	/** What the form has, with the fields that a person does not see. */
	private static Map<String, String> fields(Page page, String address) {
		Map<String, String> fields = new HashMap<>();
		page.html().select("main input").forEach((input) -> fields.put(input.attr("name"), input.attr("value")));
		fields.put("address", address);
		return fields;
	}

	/** A form that a person has looked at for long enough. */
	private Map<String, String> filled(Browser browser, String address) {
		if (LOOKED.isEmpty()) {
			LOOKED.putAll(fields(browser.get("/join/weekly"), "bo@example.net"));
			Map<String, String> probe = new HashMap<>(LOOKED);
			probe.put("agreement", "unknown");
			Awaitility.await()
				.until(() -> !browser.postWithout("/join/weekly", probe).words().contains("That was very quick"));
		}
		Map<String, String> fields = new HashMap<>(LOOKED);
		fields.put("address", address);
		return fields;
	}

	private String state(String address) {
		return this.jdbc
			.sql("SELECT b.state FROM subscription b JOIN subscriber s ON s.id = b.subscriber_id WHERE s.match_key = ?")
			.param(address)
			.query(String.class)
			.optional()
			.orElse("none");
	}

	@Test
	void aReaderSignsUpOnThePageAndConfirms() {
		Browser reader = new Browser(this.port);
		Page form = reader.get("/join/weekly");
		assertThat(form.words()).contains("The Weekly by email", "I want to get The Weekly by email at this address.");
		assertThat(form.response().headers().map()).doesNotContainKey("set-cookie");
		assertThat(form.html().select("script, [onclick]")).isEmpty();
		Page quick = reader.postWithout("/join/weekly", fields(form, "bo@example.net"));
		assertThat(quick.words()).contains("That was very quick");
		assertThat(fields(quick, "bo@example.net")).as("nothing has to be typed again")
			.isEqualTo(fields(form, "bo@example.net"));
		Page asked = Awaitility.await()
			.until(() -> reader.postWithout("/join/weekly", fields(quick, "bo@example.net")),
					(page) -> page.status() == 302);
		assertThat(asked.location()).isEqualTo("/join/weekly?asked");
		assertThat(reader.follow(asked).words()).contains("Look into your mail");
		assertThat(mails()).hasSize(1);
		String link = "/confirm/" + mails().get(0).token("/confirm/");
		assertThat(reader.get(link).words()).contains("Subscribe to The Weekly?");
		assertThat(state("bo@example.net")).isEqualTo("PENDING");
		assertThat(reader.postWithout(link, Map.of("button", "confirm")).words()).contains("You are subscribed");
		assertThat(state("bo@example.net")).isEqualTo("ACTIVE");
		assertThat(reader.get(link).words()).contains("You are subscribed");
		assertThat(reader.get(link).html().select("button")).isEmpty();
	}

	@Test
	void aFormOnAnotherPageTakesOneMoreStep() {
		Browser reader = new Browser(this.port);
		Page step = reader.postWithout("/join/weekly",
				Map.of("address", "bo@example.net", "website", "", "form", "my blog"));
		assertThat(step.status()).isEqualTo(200);
		assertThat(step.words()).contains("One more step");
		assertThat(fields(step, "bo@example.net")).containsEntry("form", "my blog");
		assertThat(step.html().select("input[name=address]").attr("value")).isEqualTo("bo@example.net");
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up").query(Integer.class).single()).isZero();
		Awaitility.await()
			.until(() -> reader.postWithout("/join/weekly", fields(step, "bo@example.net")).status() == 302);
		assertThat(this.jdbc.sql("SELECT form FROM sign_up").query(String.class).list()).containsExactly("my blog");
	}

	@Test
	void theAnswerIsTheSameWhateverIsKnownOfAnAddress() {
		Browser reader = new Browser(this.port);
		this.suppressions.suppress(EmailAddress.parse("suppressed@example.net"), SuppressionReason.COMPLAINT, "spam",
				"");
		subscribed("active@example.net", "ACTIVE");
		subscribed("pending@example.net", "PENDING");
		subscribed("left@example.net", "UNSUBSCRIBED");
		Map<String, String> form = filled(reader, "");
		Set<String> answers = new HashSet<>();
		for (String who : List.of("unknown", "active", "pending", "left", "suppressed")) {
			form.put("address", who + "@example.net");
			Page page = reader.postWithout("/join/weekly", form);
			answers.add(page.status() + page.location() + page.body());
		}
		assertThat(answers).containsExactly("302/join/weekly?asked");
		assertThat(mails().stream().map((mail) -> mail.header("To") + " " + mail.subject())).containsExactlyInAnyOrder(
				"<unknown@example.net> Please confirm: The Weekly",
				"<active@example.net> You subscribe to The Weekly already",
				"<pending@example.net> Please confirm: The Weekly", "<left@example.net> Please confirm: The Weekly");
		assertThat(List.of(state("active@example.net"), state("left@example.net"))).containsExactly("ACTIVE",
				"UNSUBSCRIBED");
	}

	private void subscribed(String address, String state) {
		this.jdbc.sql("INSERT INTO subscriber (address, match_key, created_at) VALUES (?, ?, '2026-01-01')")
			.params(address, address)
			.update();
		this.jdbc.sql("""
				INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at)
				SELECT n.id, s.id, ?, '2026-01-01' FROM newsletter n, subscriber s
				WHERE n.name_key = 'weekly' AND s.match_key = ?
				""").params(state, address).update();
	}

	@Test
	void whatCantBeTakenIsSaidAndNothingIsDone() {
		Browser reader = new Browser(this.port);
		Map<String, String> form = filled(reader, "bo@mail.throwaway.example");
		Page refused = reader.postWithout("/join/weekly", form);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.words()).contains("Addresses of this provider can’t be used here");
		form.put("address", "<script>alert(1)</script>");
		assertThat(reader.postWithout("/join/weekly", form).body()).doesNotContain("<script>")
			.contains("aria-invalid=\"true\"");
		form.putAll(Map.of("address", "bo@example.net", "name", "x".repeat(201)));
		assertThat(reader.postWithout("/join/weekly", form).words())
			.contains("A name is on one line and has at most 200 characters.");
		form.putAll(Map.of("name", "", "agreement", "0".repeat(64)));
		assertThat(reader.postWithout("/join/weekly", form).words()).contains("One more step");
		form.put("shown", form.getOrDefault("shown", "").replaceAll("[a-c]", "d"));
		assertThat(reader.postWithout("/join/weekly", form).words()).contains("One more step");
		for (String path : List.of("/join/shut", "/join/none", "/confirm/none", "/confirm/" + "a".repeat(40))) {
			assertThat(reader.get(path).status()).as(path).isEqualTo(404);
			assertThat(reader.postWithout(path, Map.of("address", "bo@example.net", "button", "confirm")).status())
				.as(path)
				.isEqualTo(404);
		}
		assertThat(reader.get("/join/shut").body()).isEqualTo(reader.get("/join/none").body());
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up").query(Integer.class).single()).isZero();
	}

	@Test
	void tenThousandSignUpsFromOneNetwork() throws Exception {
		Map<Integer, Integer> answers = flood((bot) -> "203.0.113.9", (bot) -> "victim" + bot + "@example.net");
		assertThat(answers).isEqualTo(Map.of(302, 20, 429, BOTS - 20));
		assertThat(mails()).hasSize(20);
	}

	@Test
	void tenThousandSignUpsFromAsManyNetworks() throws Exception {
		Map<Integer, Integer> answers = flood((bot) -> "2001:db8:%x:%x::1".formatted(bot / 100, bot % 100),
				(bot) -> "victim" + bot + "@example.net");
		assertThat(answers).isEqualTo(Map.of(302, IN_ALL, 429, BOTS - IN_ALL));
		assertThat(mails()).hasSize(IN_ALL);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up_count").query(Integer.class).single())
			.isEqualTo(IN_ALL + 1);
	}

	@Test
	void tenThousandSignUpsOfOneAddress() throws Exception {
		Map<Integer, Integer> answers = flood((bot) -> "198.51.%d.%d".formatted(bot / 200, bot % 200),
				(bot) -> (bot % 2 == 0) ? "victim@example.net" : "Victim@EXAMPLE.net");
		assertThat(answers).isEqualTo(Map.of(302, BOTS));
		assertThat(mails()).hasSize(2);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up_count").query(Integer.class).single()).isEqualTo(3);
	}

	@Test
	void whoFillsEverythingInIsToldTheSameAndNothingIsDone() {
		Browser bot = new Browser(this.port);
		Map<String, String> form = filled(bot, "victim@example.net");
		form.put("website", "https://evil.example");
		assertThat(bot.postWithout("/join/weekly", form).location()).isEqualTo("/join/weekly?asked");
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM sign_up").query(Integer.class).single()).isZero();
	}

	/** How many got which status. */
	private Map<Integer, Integer> flood(IntFunction<String> network, IntFunction<String> address) throws Exception {
		Map<String, String> form = filled(new Browser(this.port), "");
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Map<Integer, Integer>>> parts = IntStream.range(0, 4)
				.<Callable<Map<Integer, Integer>>>mapToObj((part) -> () -> {
					Browser bots = new Browser(this.port);
					Map<Integer, Integer> answers = new HashMap<>();
					for (int bot = part; bot < BOTS; bot += 4) {
						Map<String, String> fields = new HashMap<>(form);
						fields.put("address", address.apply(bot));
						answers.merge(bots.submit("/join/weekly", fields, "X-Forwarded-For", network.apply(bot)), 1,
								Integer::sum);
					}
					return answers;
				})
				.toList();
			Map<Integer, Integer> all = new HashMap<>();
			for (Future<Map<Integer, Integer>> part : threads.invokeAll(parts)) {
				part.get().forEach((status, count) -> all.merge(status, count, Integer::sum));
			}
			return all;
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void scannersConfirmNobody() {
		Browser scanner = new Browser(this.port);
		for (String address : List.of("a@example.net", "b@example.net")) {
			scanner.postWithout("/join/weekly", filled(scanner, address));
		}
		List<String> links = mails().stream().map((mail) -> "/confirm/" + mail.token("/confirm/")).toList();
		this.jdbc.sql("UPDATE sign_up SET offered_at = '2020-01-01' WHERE address = 'b@example.net'").update();
		List<String> before = rows();
		for (String link : links) {
			for (String method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
				scanner.send(method, link, "Accept", "*/*");
				scanner.send(method, link, "Sec-Purpose", "prefetch;prerender");
			}
			for (Map<String, String> sent : List.of(Map.<String, String>of(), Map.of("button", ""),
					Map.of("List-Unsubscribe", "One-Click"), Map.of("button", "unsubscribe"))) {
				scanner.postWithout(link, sent);
			}
			for (String header : List.of("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")) {
				for (String button : List.of("confirm", "again")) {
					assertThat(scanner.submit(link, Map.of("button", button), header, "prefetch")).isIn(200, 410);
				}
			}
		}
		assertThat(rows()).isEqualTo(before);
		assertThat(mails()).hasSize(2);
		assertThat(scanner.postWithout(links.get(1), Map.of("button", "again")).words())
			.contains("Look into your mail");
		assertThat(mails()).as("a person's button works all the same").hasSize(3);
	}

	private List<String> rows() {
		return TABLES.stream()
			.filter((table) -> !table.equals("notice"))
			.flatMap((table) -> this.jdbc.sql("SELECT * FROM " + table).query().listOfRows().stream())
			.map(Map::toString)
			.toList();
	}

	@Test
	void anEditorOpensTheForm() {
		Browser admin = new Browser(this.port);
		admin.signIn("ada@example.org", PASSWORD);
		String path = "/newsletters/shut/sign-up";
		assertThat(admin.get(path).words()).contains("Readers can’t sign up by themselves.");
		Page wrong = admin.post(path, Map.of("offered", "true", "agreement", "x".repeat(2001)));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.words()).contains("at most 2,000 characters");
		Page saved = admin.follow(
				admin.post(path, Map.of("offered", "true", "agreement", "Yes, <b>please</b>.", "welcome", "ISSUE")));
		assertThat(saved.html().select("#snippet").val()).startsWith("<form action=\"http://localhost")
			.contains("/join/shut\" method=\"post\"");
		assertThat(new Browser(this.port).get("/join/shut").words()).contains("Yes, <b>please</b>.");
		admin.get(path);
		admin.post(path, Map.of("offered", "false"));
		assertThat(new Browser(this.port).get("/join/shut").status()).isEqualTo(404);
	}

	@Test
	void thePagesAreSeenInABrowser() throws IOException {
		ChromeDriver driver = this.look.driver();
		driver.get("http://localhost:" + this.port + "/join/weekly");
		this.look.at("join", true);
		driver.findElement(By.id("address")).sendKeys("bo@throwaway.example");
		driver.findElement(By.tagName("button")).click();
		this.look.at("join-wrong", true);
		driver.findElement(By.id("address")).clear();
		driver.findElement(By.id("address")).sendKeys("bo@example.net");
		driver.findElement(By.id("name")).sendKeys("Bo");
		Awaitility.await().until(() -> {
			driver.findElement(By.tagName("button")).click();
			return driver.getCurrentUrl().endsWith("?asked");
		});
		this.look.at("join-asked", true);
		String link = "http://localhost:" + this.port + "/confirm/" + mails().get(0).token("/confirm/");
		this.jdbc.sql("UPDATE sign_up SET offered_at = '2020-01-01'").update();
		driver.get(link);
		this.look.at("join-expired", true);
		driver.findElement(By.tagName("button")).click();
		Awaitility.await().until(() -> mails().size() == 2);
		driver.get("http://localhost:" + this.port + "/confirm/" + mails().get(1).token("/confirm/"));
		this.look.at("join-confirm", true);
		driver.findElement(By.tagName("button")).click();
		this.look.at("join-confirmed", true);
		assertThat(state("bo@example.net")).isEqualTo("ACTIVE");
		driver.get("http://localhost:" + this.port + "/confirm/x");
		this.look.at("join-unknown", true);
		driver.executeCdpCommand("Network.enable", Map.of());
		driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", "zh-CN")));
		driver.get("http://localhost:" + this.port + "/join/weekly");
		assertThat(driver.findElement(By.tagName("h1")).getText()).isEqualTo("订阅「The Weekly」");
		this.look.at("join-zh", true);
	}

}
