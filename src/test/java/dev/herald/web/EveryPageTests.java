package dev.herald.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.web.Browser.Page;
import dev.herald.web.PageRoutes.ShownPage;
import dev.herald.web.PageRoutes.Viewer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every page that is mapped, with something to show. With -Dpages.pictures=true the
 * pictures and the list in docs/pages.md are made anew.
 */
@WebTest
@Import({ Showcase.class, ShowcaseHistory.class })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EveryPageTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	/** Between them these show every colour there is. */
	private static final Set<String> ALL_COLOURS = Set.of("home", "sign-in", "issue", "issue-edit", "issue-report",
			"issue-sends-one", "archive", "u");

	/** Each would run in a page that took it for its own. */
	private static final String HOSTILE = "<img src=x onerror=\"ran=1\"><script>ran=1</script>'\"&${7*7}";

	/** Texts that come from files, people, relays and mails. */
	private static final List<String> TEXTS = List.of("newsletter.name", "newsletter.sender_name",
			"newsletter.postal_address", "subscriber.name", "suppression.evidence", "suppression_change.evidence",
			"suppression_change.by_whom", "issue.title", "issue_version.file_name", "issue_version.writer",
			"send.reason", "send.requested_by", "delivery_reply.reply", "send_traffic.name", "send_traffic.state",
			"bounce.evidence", "bounce_wave.text", "report_review.evidence", "report_review.source", "api_token.name",
			"sign_up_form.agreement", "segment.name", "audit_entry.subject", "audit_entry.who", "audit_field.was",
			"audit_field.became");

	/** Whatever a page may take from its address. */
	private static final List<String> PARAMETERS = List.of("q", "state", "provider", "reason", "as", "reader", "from",
			"to", "draft", "who", "what", "day", "before", "after", "skip", "when", "date", "time", "zone", "pause",
			"token", "wrong", "month", "kind", "back", "over");

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
	private Showcase showcase;

	@Autowired
	private JdbcClient jdbc;

	@RegisterExtension
	final PageLook look = new PageLook();

	private Browser nobody = new Browser(0);

	private Browser editor = new Browser(0);

	private Browser admin = new Browser(0);

	private List<ShownPage> pages = List.of();

	/** Whose session the browser has. */
	private @Nullable Viewer viewer;

	@BeforeAll
	void fill(@TempDir Path folder) throws IOException {
		this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
		this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		this.nobody = new Browser(this.port);
		this.editor = new Browser(this.port);
		this.editor.signIn("ann@example.org", PASSWORD);
		this.admin = new Browser(this.port);
		this.admin.signIn("ada@example.org", PASSWORD);
		Map<String, String> examples = this.showcase.fill(this.admin, this.editor, folder);
		this.pages = new PageRoutes(this.mappings, examples).pages(this.nobody, this.editor, this.admin);
	}

	@BeforeEach
	void theBrowserIsNobodys() {
		this.viewer = null;
	}

	@Test
	@Order(1)
	void everyPageServesEverybody() {
		List<String> findings = new ArrayList<>();
		PageWalk walk = new PageWalk(this.look);
		this.look.width(1280);
		for (ShownPage page : byViewer()) {
			open(page);
			findings.addAll(walk.findings(page, browser(page).get(page.path()), ALL_COLOURS.contains(page.name())));
		}
		assertThat(this.pages).extracting(ShownPage::name).containsAll(ALL_COLOURS);
		assertThat(findings).isEmpty();
	}

	@Test
	@Order(2)
	void everyPageServesWhoReadsChineseOnAPhone() {
		List<String> findings = new ArrayList<>();
		PageWalk walk = new PageWalk(this.look);
		this.look.width(375);
		this.look.language("zh-CN");
		int inEnglish = 0;
		for (ShownPage page : byViewer()) {
			open(page);
			if (this.look.language().equals("zh-CN")) {
				findings.addAll(walk.findings(page, 375));
			}
			else {
				inEnglish++;
			}
		}
		assertThat(findings).isEmpty();
		assertThat(inEnglish).as("pages in the language of their newsletter").isLessThan(10);
	}

	@Test
	@Order(3)
	@EnabledIfSystemProperty(named = "pages.pictures", matches = "true")
	void picturesAreMade() throws IOException {
		PageIndex index = new PageIndex(this.look);
		index.begin();
		for (ShownPage page : this.pages) {
			open(page);
			index.add(page);
		}
		index.end();
	}

	@Test
	@Order(4)
	void everyPageIsInTheListWithItsPictures() {
		assertThat(PageIndex.TEXT).as("made by %s", PageIndex.COMMAND)
			.content(StandardCharsets.UTF_8)
			.contains(this.pages.stream().map((page) -> "### " + PageIndex.heading(page)).toList());
		assertThat(this.pages).allSatisfy((page) -> {
			assertThat(PageIndex.picture(page, "desktop")).as("made by %s", PageIndex.COMMAND).exists();
			assertThat(PageIndex.picture(page, "phone")).exists();
		});
	}

	/** From here on nothing is as it was. */
	@Test
	@Order(5)
	void textsFromElsewhereAreReadAndNeverRun() {
		for (String text : TEXTS) {
			int dot = text.indexOf('.');
			String update = "UPDATE %s SET %s = ?".formatted(text.substring(0, dot), text.substring(dot + 1));
			assertThat(this.jdbc.sql(update).param(HOSTILE).update()).as("rows with " + text).isPositive();
		}
		this.jdbc.sql("UPDATE issue_draft SET text = ?")
			.param(("# " + HOSTILE + "\n\n</textarea>" + HOSTILE).getBytes(StandardCharsets.UTF_8))
			.update();
		int shown = 0;
		for (ShownPage page : byViewer()) {
			open(page);
			assertThat(this.look.driver().executeScript("""
					return [window.ran, ...document.querySelectorAll('[onerror], img[src=x], script:not([src])')]
					  .filter((found) => found).length""")).as("run by " + page).isEqualTo(0L);
			String text = browser(page).get(page.path()).html().text();
			assertThat(text).as(page.toString()).doesNotContain("&49");
			shown += text.contains("<img src=x onerror=") ? 1 : 0;
		}
		assertThat(shown).as("pages that show it, as text").isGreaterThan(15);
	}

	@Test
	@Order(6)
	void whatIsAskedForIsNeverRunEither() {
		String query = PARAMETERS.stream()
			.map((name) -> name + "=" + URLEncoder.encode("\">" + HOSTILE, StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		for (ShownPage page : this.pages) {
			Page answer = browser(page).get(page.path().replaceFirst("\\?.*", "") + "?" + query);
			assertThat(answer.status()).as(page.toString()).isIn(200, 302, 400, 404);
			assertThat(answer.location()).as(page.toString()).doesNotContain("<", "evil");
			assertThat(answer.html().select("[onerror], img[src=x], script:not([src])")).as(page.toString()).isEmpty();
		}
	}

	/** So that the browser changes hands three times and not a hundred. */
	private List<ShownPage> byViewer() {
		return this.pages.stream().sorted(Comparator.comparing(ShownPage::viewer)).toList();
	}

	private void open(ShownPage page) {
		if (page.viewer() != this.viewer) {
			this.look.driver().get(url("/favicon.svg"));
			this.look.driver().manage().deleteAllCookies();
			if (page.viewer() != Viewer.EVERYBODY) {
				this.look.driver().manage().addCookie(new Cookie("herald", browser(page).cookie("herald")));
			}
			this.viewer = page.viewer();
		}
		this.look.driver().get(url(page.path()));
	}

	private Browser browser(ShownPage page) {
		return switch (page.viewer()) {
			case EVERYBODY -> this.nobody;
			case EDITOR -> this.editor;
			case ADMIN -> this.admin;
		};
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

}
