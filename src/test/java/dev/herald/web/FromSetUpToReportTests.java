package dev.herald.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import dev.herald.account.SetUp;
import dev.herald.testing.ScriptedSmtpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new installation from its set-up address to the report of its first issue, and what
 * an EDITOR may do in it, clicked and typed as people do, with a relay on loopback. Each
 * page on the way is looked at by axe, once; EveryPageTests looks at more widths.
 */
@WebTest
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
class FromSetUpToReportTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/kettles-are-back";

	private static final int READERS = 12;

	private static final ScriptedSmtpServer RELAY = ScriptedSmtpServer.start();

	private static final ResourceBundleMessageSource WORDS = new ResourceBundleMessageSource();

	static {
		WORDS.setBasename("words/web");
		WORDS.setDefaultEncoding("UTF-8");
		WORDS.setFallbackToSystemLocale(false);
	}

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@TempDir
	private Path files;

	@RegisterExtension
	final PageLook look = new PageLook();

	private Locale locale = Locale.ENGLISH;

	private boolean axe;

	@DynamicPropertySource
	static void relay(DynamicPropertyRegistry properties) {
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", RELAY::port);
		properties.add("herald.allow-local-base-url", () -> "true");
	}

	@AfterAll
	static void close() {
		RELAY.close();
	}

	@ParameterizedTest(name = "in {0}, {1} px wide")
	@CsvSource({ "en, 1280, false", "zh-CN, 375, true" })
	void anAdminSendsAndAnEditorWrites(String language, int width, boolean axe) throws IOException {
		this.locale = Locale.forLanguageTag(language);
		this.axe = axe;
		this.look.driver().executeCdpCommand("Network.enable", Map.of());
		this.look.driver()
			.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", language)));
		this.look.width(width);
		makeTheFirstAccount();
		createANewsletter();
		bringReadersIn();
		write();
		scheduleAndThinkAgain();
		send();
		readTheReport();
		addAnEditor();
		workAsTheEditor();
	}

	private void makeTheFirstAccount() {
		go("/setup?token=" + this.setUp.token().orElseThrow());
		type("address", "ada@example.org");
		type("password", PASSWORD);
		see();
		press(say("setup.do"));
		signIn("ada@example.org");
		await(say("first.lead"));
	}

	private void signIn(String address) {
		await(say("sign-in.title"));
		see();
		type("address", address);
		type("password", PASSWORD);
		press(say("sign-in.do"));
	}

	private void createANewsletter() {
		see();
		click("main", say("first.do"));
		type("key", "weekly");
		type("name", "科技 Weekly");
		type("from", "nobody");
		type("language", "en");
		press(say("newsletter.create"));
		await("wrong", () -> exists("#from[aria-invalid]") ? "wrong" : "not yet");
		assertThat(find("name").getDomProperty("value")).as("what was typed").isEqualTo("科技 Weekly");
		see();
		type("from", "Weekly <weekly@example.org>");
		type("postalAddress", "1 Kettle Street, Copperton");
		press(say("newsletter.create"));
		await(say("newsletter.empty"));
		see();
	}

	private void bringReadersIn() throws IOException {
		StringBuilder csv = new StringBuilder("email,name\nnot an address,X\n");
		for (int i = 1; i <= READERS; i++) {
			csv.append("reader").append(i).append("@example.org,Reader ").append(i).append('\n');
		}
		click(".bar", say("nav.subscribers"));
		upload("readers.csv", csv.toString());
		press(say("subscribers.import.do"));
		await(say("import.checked"));
		see();
		press(say("import.do", READERS));
		await(say("import.imported"));
		await(say("import.added", READERS));
		see();
		click("main", say("import.done"));
		await(say("subscribers.lead", READERS));
		see();
	}

	private void write() {
		click(".bar", say("nav.issues"));
		type("title", "Kettles are back");
		press(say("newsletter.begin.do"));
		await(say("editor.text"));
		rewrite("# Kettles are back\n\nCopper, see [the story]() of it.\n");
		await("there", () -> exists("[data-line='3'].error") ? "there" : "not yet");
		see();
		rewrite("# Kettles are back\n\nCopper, see [the story](https://example.org/kettles) of it.\n");
		await("gone", () -> exists(".by-line .error") ? "not yet" : "gone");
		await("shown", () -> inTheFrame().contains("see the story of it") ? "shown" : "not yet");
		type("to", "ann@example.net");
		int before = RELAY.received().size();
		press(say("test.do"));
		await("ann@example.net");
		assertThat(RELAY.received()).hasSize(before + 1);
		assertThat(RELAY.received().get(before).text()).contains("https://example.org/kettles");
		find("save").click();
		await(say("editor.saved", 2));
		see();
	}

	private void scheduleAndThinkAgain() {
		this.look.driver().findElement(By.cssSelector(".title h1 a")).click();
		await(say("issue.preview"));
		see();
		this.look.driver().findElement(By.cssSelector("input[name=when][value=at]")).click();
		type("zone", "Asia/Shanghai");
		press(say("send.review"));
		await(say("confirm.audience", READERS));
		see();
		this.look.driver().findElement(By.cssSelector("button[name=due]")).click();
		await(say("status.SCHEDULED"));
		await("Asia/Shanghai");
		see();
		click(".bar", "Herald");
		await("Kettles are back");
		see();
		click("main", "Kettles are back");
		press(say("watch.cancel"));
		await(say("watch.cancelled"));
	}

	private void send() {
		this.look.driver().findElement(By.cssSelector(".title h1 a")).click();
		await(say("issue.sends"));
		press(say("send.review"));
		await(say("confirm.now"));
		int before = RELAY.recipients().size();
		press(say("confirm.do.now", READERS));
		await(say("watch.done", READERS, READERS));
		see();
		assertThat(RELAY.recipients()).hasSize(before + READERS);
	}

	private void readTheReport() {
		click("main", say("watch.report"));
		await(say("report.states"));
		assertThat(this.look.driver().findElement(By.cssSelector(".sentence")).getText())
			.contains(String.valueOf(READERS));
		see();
		click("main", say("state.accepted"));
		await("reader12@example.org");
		see();
	}

	private void addAnEditor() {
		openMenu();
		click(".bar", say("nav.admin"));
		click(".areas", say("admin.accounts"));
		type("address", "ann@example.org");
		type("password", PASSWORD);
		press(say("accounts.add.do"));
		await(say("accounts.added", "ann@example.org"));
		see();
		openMenu();
		this.look.driver().findElement(By.cssSelector("form[action='/sign-out'] button")).click();
		await(say("sign-in.left"));
	}

	/** On a phone alone. */
	private void openMenu() {
		WebElement menu = this.look.driver().findElement(By.cssSelector(".bar .menu"));
		if (menu.isDisplayed()) {
			menu.click();
		}
	}

	private void workAsTheEditor() throws IOException {
		signIn("ann@example.org");
		await(say("home.accepted", READERS, READERS));
		see();
		for (String address : List.of("/accounts", "/audit", "/subscribers", "/mailbox")) {
			assertThat(this.look.driver().findElements(By.cssSelector("a[href='" + address + "']"))).isEmpty();
		}
		click("main", "科技 Weekly");
		await(say("newsletter.import"));
		upload("second.md", "# A second issue\n\nWritten elsewhere.\n");
		press(say("newsletter.import.do"));
		await(say("issue.imported", "A second issue"));
		click("main", say("editor.open"));
		await(say("editor.text"));
		assertThat(this.look.driver().findElements(By.id("address"))).as("previews for a subscriber are an ADMIN's")
			.isEmpty();
		for (String address : List.of("/accounts", "/subscribers", ISSUE + "/report",
				ISSUE + "/deliveries?state=accepted", "/newsletters/weekly/subscribers/export")) {
			go(address);
			assertThat(this.look.driver().findElement(By.tagName("h1")).getText()).as(address)
				.isEqualTo(say("error.403.heading"));
		}
		see();
	}

	/** Nothing is wider than the window, nothing is in the way of anybody. */
	private void see() {
		assertThat(this.look.isWithinTheWindow()).as(this.look.driver().getCurrentUrl()).isTrue();
		assertThat(this.look.driver().findElement(By.tagName("html")).getDomAttribute("lang"))
			.isEqualTo(this.locale.toLanguageTag());
		if (this.axe) {
			assertThat(this.look.violations(false)).as(this.look.driver().getCurrentUrl()).isEmpty();
		}
	}

	private String say(String key, Object... values) {
		return WORDS.getMessage(key, values, this.locale);
	}

	private void go(String path) {
		this.look.driver().get("http://localhost:" + this.port + path);
	}

	private WebElement find(String id) {
		return this.look.driver().findElement(By.id(id));
	}

	private boolean exists(String selector) {
		return !this.look.driver().findElements(By.cssSelector(selector)).isEmpty();
	}

	private void type(String field, String text) {
		WebElement input = find(field);
		input.clear();
		input.sendKeys(text);
	}

	private void rewrite(String text) {
		find("text").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
	}

	private String inTheFrame() {
		this.look.driver().switchTo().frame(this.look.driver().findElement(By.cssSelector("iframe.mail")));
		try {
			return this.look.driver().findElement(By.tagName("body")).getText();
		}
		finally {
			this.look.driver().switchTo().defaultContent();
		}
	}

	private void upload(String name, String content) throws IOException {
		Path file = Files.writeString(this.files.resolve(name), content);
		find("file").sendKeys(file.toAbsolutePath().toString());
	}

	private void press(String words) {
		this.look.driver().findElement(By.xpath("//main//button[contains(., '" + words + "')]")).click();
	}

	private void click(String where, String words) {
		this.look.driver()
			.findElement(By.cssSelector(where))
			.findElement(By.xpath(".//a[contains(., '" + words + "')]"))
			.click();
	}

	private void await(String words) {
		await(words, () -> this.look.driver().findElement(By.tagName("main")).getText());
	}

	/** Pages come while they are looked at, and parts of them. */
	private void await(String words, Supplier<String> shown) {
		new WebDriverWait(this.look.driver(), Duration.ofSeconds(60)).ignoring(WebDriverException.class)
			.withMessage(() -> "“" + words + "” at " + this.look.driver().getCurrentUrl())
			.until((browser) -> String.valueOf(shown.get()).contains(words));
	}

}
