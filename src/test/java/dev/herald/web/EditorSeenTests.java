package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.issue.Version;
import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;

import static org.assertj.core.api.Assertions.assertThat;

/** The editor as a person uses it in Chromium. */
@WebTest
class EditorSeenTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/first";

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private Versions versions;

	@Autowired
	private JdbcClient jdbc;

	@RegisterExtension
	final PageLook look = new PageLook();

	private Issue issue = new Issue(0, 0, "", "", null, 0);

	@BeforeEach
	void anAdminHasAnIssue() {
		this.setUp.token().ifPresent((token) -> this.setUp.firstAdmin(token, "ada@example.org", PASSWORD));
		for (String table : List.of("issue_draft", "issue_version", "issue", "newsletter")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		Newsletter weekly = this.newsletters.create("weekly", new NewsletterSettings("Weekly",
				Mailbox.parse("Ann <ann@example.org>"), null, Locale.ENGLISH, null, "1 Main St"));
		this.issue = this.issues.importFile(weekly, "first.md", """
				# A quiet week, 铜壶

				Copper, and louder than ever, in a line that is long enough to be broken at any width there is.

				[See it](http://example.org/kettles), or [don't](#).

				## More

				The end.
				""".getBytes(StandardCharsets.UTF_8), null).issue();
		go("/sign-in");
		find("address").sendKeys("ada@example.org");
		find("password").sendKeys(PASSWORD);
		this.look.driver().findElement(By.xpath("//main//button")).click();
	}

	@Test
	void whatIsTypedIsKeptByItselfFollowedByThePreviewAndSavedByTheKeyboard() throws IOException {
		go(ISSUE + "/edit");
		assertThat(marks()).isEqualTo("5");
		this.look.at("editor", true);
		find("text").sendKeys(Keys.chord(Keys.CONTROL, Keys.END), "\nTyped just now, [here](http://example.org/x).");
		assertThat(state()).isEqualTo("Not kept yet.");
		await((browser) -> state().startsWith("Draft kept"));
		await((browser) -> marks().equals("5,11"));
		await((browser) -> shown().contains("Typed just now, here."));
		this.look.at("editor-draft", false);
		this.look.driver().findElement(By.cssSelector("input[value=dark]")).click();
		await((browser) -> source().contains("as=dark"));
		this.look.at("editor-dark-mail", false);
		this.look.driver().findElement(By.cssSelector("input[value=text]")).click();
		await((browser) -> shown().contains("Typed just now, here ["));
		this.look.at("editor-text", false);
		assertThat(newest().number()).isEqualTo(1);
		find("text").sendKeys(" Saved.", Keys.chord(Keys.CONTROL, "s"));
		await((browser) -> main().contains("It is saved as version 2."));
		assertThat(this.versions.text(newest())).endsWith("http://example.org/x). Saved.");
		go(ISSUE + "/history");
		this.look.at("history", true);
	}

	@Test
	void aFileThatIsDroppedOnTheTextIsTaken() {
		go(ISSUE + "/edit");
		this.look.driver()
			.executeScript(
					"""
							const files = new DataTransfer();
							files.items.add(new File(['# Dropped\\n\\nFrom a folder.\\n'], 'dropped.md', { type: 'text/markdown' }));
							document.getElementById('text').dispatchEvent(
							  new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
							""");
		await((browser) -> String.valueOf(find("text").getDomProperty("value")).startsWith("# Dropped"));
		assertThat(newest().number()).as("a draft").isEqualTo(1);
	}

	@Test
	void aLineOfAFindingIsFoundInTheText() {
		go(ISSUE + "/edit");
		this.look.driver().findElement(By.cssSelector("[data-line='5'] .where a")).click();
		assertThat(this.look.driver()
			.executeScript("const text = document.getElementById('text');"
					+ "return text.value.slice(text.selectionStart, text.selectionEnd)"))
			.isEqualTo("[See it](http://example.org/kettles), or [don't](#).");
	}

	@Test
	void marksStayAtTheirLinesAsTheTextGrows() {
		go(ISSUE + "/edit");
		find("text").sendKeys(Keys.chord(Keys.CONTROL, Keys.HOME), "\n\n");
		assertThat(marks()).isEqualTo("7");
		assertThat(this.look.driver()
			.executeScript(
					"""
							const sheet = document.querySelector('.sheet');
							return sheet.querySelector('textarea').scrollHeight <= sheet.querySelector('.mirror').offsetHeight + 1"""))
			.as("the lines behind the text are as high as those in it")
			.isEqualTo(true);
	}

	@Test
	void whoLeavesWithAnUnkeptTextFindsItAgain() {
		go(ISSUE + "/edit");
		find("text").sendKeys("Left behind. ");
		go("/newsletters/weekly");
		await((browser) -> {
			browser.navigate().refresh();
			return main().contains("ada@example.org has a draft of it");
		});
		go(ISSUE + "/edit");
		assertThat(find("text").getDomProperty("value")).contains("Left behind.");
	}

	@Test
	void aVersionThatSomebodyElseSavesIsToldWhileOneTypes() throws IOException {
		go(ISSUE + "/edit");
		this.versions.save(this.issue, this.issue.versionId(), "# A quiet week\n\nSilver.", "bob@example.org", null);
		find("text").sendKeys("Mine. ");
		await((browser) -> main().contains("Version 2 was saved"));
		this.look.at("editor-conflict", true);
		find("text").sendKeys(Keys.chord(Keys.CONTROL, "s"));
		await((browser) -> main().contains("Not saved, and nothing is lost"));
		this.look.driver().findElement(By.partialLinkText("What differs between it and your draft")).click();
		this.look.at("history-diff", true);
		this.look.driver().navigate().back();
		this.look.driver().findElement(By.cssSelector("button[name=over]")).click();
		await((browser) -> main().contains("It is saved as version 3."));
	}

	@Test
	void aTextOutlivesTheEndOfItsSession() {
		go(ISSUE + "/edit");
		this.look.driver().manage().deleteAllCookies();
		find("text").sendKeys("Still here. ");
		await((browser) -> state().startsWith("Not kept: your session has ended."));
		assertThat(find("text").getDomProperty("value")).contains("Still here.");
		String editor = this.look.driver().getWindowHandle();
		this.look.driver().switchTo().newWindow(WindowType.TAB);
		go("/sign-in");
		find("address").sendKeys("ada@example.org");
		find("password").sendKeys(PASSWORD);
		this.look.driver().findElement(By.xpath("//main//button")).click();
		this.look.driver().switchTo().window(editor);
		await((browser) -> state().startsWith("Draft kept"));
	}

	@Test
	void theLookOfTheMailsFollowsTheForm() throws IOException {
		go("/newsletters/weekly/settings");
		find("name").sendKeys(" Copper");
		await((browser) -> shown().contains("Weekly Copper"));
		this.look.at("settings-preview", true);
		this.look.driver().navigate().back();
		assertThat(this.look.driver().getCurrentUrl()).doesNotContain("settings");
		assertThat(this.newsletters.require("weekly").name()).isEqualTo("Weekly");
	}

	private Version newest() {
		return this.versions.current(this.issues.byId(this.issue.id()));
	}

	private void go(String path) {
		this.look.driver().get("http://localhost:" + this.port + path);
	}

	private WebElement find(String id) {
		return this.look.driver().findElement(By.id(id));
	}

	private String state() {
		return this.look.driver().findElement(By.cssSelector(".kept")).getText();
	}

	private String main() {
		return this.look.driver().findElement(By.tagName("main")).getText();
	}

	/** The lines of the text that have a mark. */
	private String marks() {
		return String.valueOf(this.look.driver().executeScript("""
				return [...document.querySelectorAll('.mirror > div')]
				  .map((line, i) => line.dataset.mark ? i + 1 : 0).filter((line) => line > 0).join()"""));
	}

	private String source() {
		return String
			.valueOf(this.look.driver().findElement(By.cssSelector("#draft-state")).getDomAttribute("data-frame"));
	}

	/** What the mail in the frame says. */
	private String shown() {
		this.look.driver().switchTo().frame(this.look.driver().findElement(By.cssSelector("iframe.mail")));
		try {
			return this.look.driver().findElement(By.tagName("body")).getText();
		}
		finally {
			this.look.driver().switchTo().defaultContent();
		}
	}

	/** Parts of the page and frames are replaced while they are looked at. */
	private void await(Function<WebDriver, Boolean> condition) {
		new WebDriverWait(this.look.driver(), Duration.ofSeconds(30)).ignoring(WebDriverException.class)
			.until(condition);
	}

}
