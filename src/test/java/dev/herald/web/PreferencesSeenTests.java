package dev.herald.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;
import dev.herald.render.Recipient;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.DeliveryKey;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From the footer of a mail to the preferences, to another address and back, to a copy
 * and an erasure, in English and Chinese: by the links of the mails as the built-in
 * mailbox got them.
 */
@WebTest
class PreferencesSeenTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final int READER = 1;

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private IssueCompiler compiler;

	@Autowired
	private SubscriberImport imports;

	@Autowired
	private Subscriptions subscriptions;

	@Autowired
	private Sends sends;

	@Autowired
	private BuiltInMailbox mailbox;

	@Autowired
	private JdbcClient jdbc;

	@TempDir
	private Path folder;

	@RegisterExtension
	final PageLook look = new PageLook();

	@Test
	void aReaderChoosesMovesTakesACopyAndIsErased() throws Exception {
		Newsletter weekly = newsletter("weekly", "Copper Weekly", Locale.ENGLISH, TrackingMode.PERSONS);
		Newsletter chinese = newsletter("zhoubao", "铜壶周刊", Locale.SIMPLIFIED_CHINESE, TrackingMode.NONE);
		Issue issue = this.issues
			.importFile(weekly, "first.md", "# First\n\nHello.\n".getBytes(StandardCharsets.UTF_8), "first")
			.issue();
		Path csv = Files.writeString(this.folder.resolve("r.csv"), "email,name\nann@example.org,Ann\n");
		this.imports.run(csv, weekly, this.folder.resolve("rejects.csv"), false);
		choose(weekly, preferencesLink(weekly, issue));
		assertThat(paused(issue)).isEqualTo(1);
		assertThat(this.subscriptions.standings(READER)).hasSize(2);
		assertThat(this.jdbc.sql("SELECT CONCAT(name, ' ', zone) FROM subscriber").query(String.class).single())
			.isEqualTo("Anna Asia/Shanghai");
		moves();
		copy();
		erased();
		assertThat(chinese.archived()).isTrue();
	}

	private Newsletter newsletter(String key, String name, Locale language, TrackingMode tracking) {
		return this.newsletters.create(key, new NewsletterSettings(name, Mailbox.parse("Ed <ed@example.org>"), null,
				language, null, "1 Kettle Street")
			.withTracking(tracking));
	}

	/** As it stands in both parts of the mail. */
	private String preferencesLink(Newsletter newsletter, Issue issue) {
		Recipient ann = new Recipient(new DeliveryKey(issue.id(), READER),
				this.subscriptions.find(READER).orElseThrow());
		CompiledIssue mail = this.compiler.compile(this.issues.source(issue.versionId()), newsletter);
		String path = path(mail.text(ann), "Preferences: \\S+?(/u/[a-z2-7]{40}/preferences)");
		assertThat(mail.html(ann)).containsPattern("href=\"[^\"]+" + path + "\"[^>]*>Preferences</a>");
		return path;
	}

	private static String path(String text, String pattern) {
		Matcher found = Pattern.compile(pattern).matcher(text);
		assertThat(found.find()).as(text).isTrue();
		return found.group(1);
	}

	private void choose(Newsletter weekly, String path) throws IOException {
		go(path);
		assertThat(tracked().getDomProperty("checked")).as("nobody has allowed it").isEqualTo("false");
		assertThat(this.look.driver().findElement(By.cssSelector("label.within")).getText())
			.isEqualTo("The editors of Copper Weekly may see whether I open its mails, and which links I follow");
		this.look.at("preferences", true);
		LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(30);
		field("pause").sendKeys("%02d%02d%d".formatted(day.getMonthValue(), day.getDayOfMonth(), day.getYear()));
		this.look.driver().findElement(By.cssSelector("input[value=zhoubao]")).click();
		field("name").clear();
		field("name").sendKeys("Anna");
		new Select(field("zone")).selectByVisibleText("Asia/Shanghai");
		new Select(field("language")).selectByVisibleText("中文");
		tracked().sendKeys(Keys.SPACE);
		press("save", "已保存。");
		this.look.at("preferences-zh", true);
		assertThat(this.subscriptions.tracked(weekly.id(), READER)).isTrue();
		assertThat(tracked().getDomProperty("checked")).isEqualTo("true");
		tracked().click();
		press("save", "已保存。");
		Awaitility.await().until(() -> !this.subscriptions.tracked(weekly.id(), READER));
		field("address").sendKeys("nobody");
		press("move", "未保存任何更改。");
		this.look.at("preferences-wrong", false);
	}

	private WebElement tracked() {
		return this.look.driver().findElement(By.cssSelector("input[name=tracked][value=weekly]"));
	}

	private WebElement field(String id) {
		return this.look.driver().findElement(By.id(id));
	}

	/** Waits for the answer: a button returns before the page it leads to has come. */
	private void press(String button, String answer) {
		this.look.driver().findElement(By.cssSelector("button[value=" + button + "]")).click();
		await(answer);
	}

	private void await(String words) {
		new WebDriverWait(this.look.driver(), Duration.ofSeconds(60)).ignoring(WebDriverException.class)
			.until((browser) -> browser.findElement(By.tagName("main")).getText().contains(words));
	}

	private int paused(Issue issue) {
		return this.sends.preview(issue, null).paused();
	}

	private void moves() throws Exception {
		field("address").clear();
		field("address").sendKeys("anna@example.net");
		press("move", "如果该地址可以接收邮件");
		go(mailed(1, "anna@example.net", "请确认您的新地址"));
		this.look.at("request-address", false);
		submit("现已使用这个地址");
		assertThat(address()).isEqualTo("anna@example.net");
		go(mailed(2, "ann@example.org", "您的通讯已改寄到另一个地址"));
		submit("已撤回");
		assertThat(address()).isEqualTo("ann@example.org");
		this.look.driver().navigate().refresh();
	}

	private String address() {
		return this.jdbc.sql("SELECT address FROM subscriber").query(String.class).single();
	}

	private void submit(String answer) {
		this.look.driver().findElement(By.cssSelector("form button")).click();
		await(answer);
	}

	/**
	 * The link of the newest mail, when so many have come.
	 */
	private String mailed(int mails, String to, String subject) throws Exception {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.mailbox.count() == mails);
		MimeMessage mail = new MimeMessage(null,
				new ByteArrayInputStream(this.mailbox.read(this.mailbox.list(0, 1).get(0).id())));
		assertThat(mail.getHeader("Delivered-To")).containsExactly(to);
		assertThat(mail.getSubject()).isEqualTo(subject);
		String text = String.valueOf(((Multipart) mail.getContent()).getBodyPart(0).getContent());
		return path(text, "(/u/[a-z2-7]{40}/request)");
	}

	private void copy() throws Exception {
		this.jdbc.sql("UPDATE subscriber SET language = ''").update();
		go(preferencesLink(this.newsletters.require("weekly"), this.issues.require("first", "weekly")));
		press("export", "A mail is on its way");
		String link = mailed(3, "ann@example.org", "Your data");
		go(link);
		this.look.at("request-export", false);
		HttpResponse<String> copy = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + link))
				.POST(BodyPublishers.noBody())
				.build(), BodyHandlers.ofString());
		assertThat(copy.body()).contains("ann@example.org", "\"PREFERENCES\"", "anna@example.net");
	}

	private void erased() throws Exception {
		Browser admin = admin();
		assertThat(admin.get("/subscribers/1").words()).contains("ann@example.org", "Download the copy");
		go(preferencesLink(this.newsletters.require("weekly"), this.issues.require("first", "weekly")));
		this.jdbc.sql("UPDATE reader_request SET asked_at = '2026-01-01 00:00:00'").update();
		press("erase", "Nothing is erased yet");
		go(mailed(4, "ann@example.org", "Erase your data?"));
		this.look.at("request-erase", true);
		submit("You are erased");
		this.look.at("request-erased", false);
		this.look.driver().navigate().back();
		this.look.driver().navigate().refresh();
		await("This link does not work");
		assertThat(address()).isEqualTo("erased-1@erased.invalid");
		assertThat(admin.get("/subscribers/1").words()).contains("Erased", "Nothing names this person any more")
			.doesNotContain("ann@example.org", "Download");
		assertThat(admin.get("/subscribers/1/erase").status()).isEqualTo(404);
		assertThat(admin.get("/suppressions").words()).contains("erased:").doesNotContain("ann@example.org");
	}

	private Browser admin() {
		this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
		Browser admin = new Browser(this.port);
		admin.signIn("ada@example.org", PASSWORD);
		return admin;
	}

	private void go(String path) {
		this.look.driver().get("http://localhost:" + this.port + path);
	}

}
