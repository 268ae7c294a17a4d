package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** An issue is written in a browser without JavaScript, by two people. */
@WebTest
class EditorFromThePagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/first";

	private static final String EDIT = ISSUE + "/edit";

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Accounts accounts;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private JdbcClient jdbc;

	private Browser ann = new Browser(0);

	private Browser ada = new Browser(0);

	@BeforeEach
	void anIssueThatNobodyHas() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		}
		for (String table : List.of("delivery", "send", "issue_draft", "issue_version", "issue", "subscription",
				"subscriber", "newsletter")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		Newsletter weekly = this.newsletters.create("weekly", new NewsletterSettings("Weekly",
				Mailbox.parse("Ann <ann@example.org>"), null, Locale.ENGLISH, null, "1 Main St"));
		this.issues.importFile(weekly, "first.md",
				"# First\n\nKettles, [see](http://example.org/k).\n".getBytes(StandardCharsets.UTF_8), null);
		this.ann = signedIn("ann@example.org");
		this.ada = signedIn("ada@example.org");
	}

	private Browser signedIn(String address) {
		Browser browser = new Browser(this.port);
		browser.signIn(address, PASSWORD);
		return browser;
	}

	/** What a browser would send for the form of the editor, with another text. */
	private static Map<String, String> form(Page page, String text) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (Element field : page.html()
			.select("#editor input[type=hidden]:not([name=_csrf]), #editor input[checked]")) {
			fields.put(field.attr("name"), field.attr("value"));
		}
		fields.put("text", text);
		return fields;
	}

	private static String text(Page page) {
		return page.html().expectFirst("#editor textarea").wholeText();
	}

	private static String frame(Page page) {
		return page.html().expectFirst("#preview iframe").attr("src");
	}

	@Test
	void whatIsTypedIsKeptAndPreviewedAndBecomesAVersion() {
		Page opened = this.ann.get(EDIT);
		assertThat(text(opened)).isEqualTo("# First\n\nKettles, [see](http://example.org/k).\n");
		assertThat(opened.words()).contains("As it is in version 1.", "Line 3", "http without TLS");
		Page kept = this.ann.follow(
				this.ann.upload(EDIT + "/draft", "", new byte[0], form(opened, "# Second\r\n\r\nCopper pots.\r\n")));
		assertThat(text(kept)).isEqualTo("# Second\n\nCopper pots.\n");
		assertThat(kept.words()).contains("Draft kept ", "It began as version 1; no reader gets it")
			.doesNotContain("http without TLS");
		assertThat(this.ann.get(frame(kept)).words()).contains("Second", "Copper pots.").doesNotContain("Kettles");
		assertThat(this.ann.get(ISSUE).html().select("h1").text()).isEqualTo("First");
		assertThat(text(this.ann.get(EDIT))).isEqualTo("# Second\n\nCopper pots.\n");
		Page saved = this.ann.follow(this.ann.post(EDIT, form(kept, "# Second\r\n\r\nCopper pots, two.\r\n")));
		assertThat(saved.words()).contains("It is saved as version 2.", "As it is in version 2.")
			.doesNotContain("Draft kept");
		assertThat(this.ann.get(ISSUE).html().select("h1").text()).isEqualTo("Second");
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM issue_draft").query(Integer.class).single()).isZero();
	}

	@Test
	void aPreviewIsAReadersMailInEachWay() {
		Page opened = this.ann.get(EDIT + "?as=phone&reader=s3");
		assertThat(opened.html().select("input[name=as][checked]").attr("value")).isEqualTo("phone");
		assertThat(opened.html().select("option[selected]").text()).isEqualTo("Jürgen Großmann");
		Page phone = this.ann.get(frame(opened));
		assertThat(phone.header("Content-Security-Policy")).startsWith("sandbox allow-popups")
			.contains("default-src 'none'");
		assertThat(phone.body()).contains("(prefers-color-scheme");
		assertThat(this.ann.get(EDIT + "/frame?as=dark").body()).doesNotContain("(prefers-color-scheme");
		Page text = this.ann.get(EDIT + "/frame?as=text");
		assertThat(text.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
		assertThat(text.body()).contains("Kettles, see [1].");
	}

	@Test
	void onlyAnAdminSeesItAsASubscriber() {
		this.jdbc.sql("""
				INSERT INTO subscriber (id, address, match_key, name, created_at)
				VALUES (77, 'zoe@example.com', 'zoe@example.com', 'Zoe', '2026-01-01 00:00:00')
				""").update();
		Map<String, String> fields = form(this.ada.get(EDIT), "# First\n\nKettles.");
		fields.put("address", "Zoe@Example.com");
		Page kept = this.ada.follow(this.ada.post(EDIT + "/draft", fields));
		assertThat(frame(kept)).contains("reader=r77").doesNotContain("zoe");
		assertThat(kept.html().expectFirst("#address").attr("value")).isEqualTo("zoe@example.com");
		assertThat(this.ada.get(frame(kept)).status()).isEqualTo(200);
		fields.put("address", "nobody@example.com");
		assertThat(this.ada.follow(this.ada.post(EDIT + "/draft", fields)).words())
			.contains("No subscriber has this address.");
		assertThat(this.ann.get(EDIT).html().select("#address")).isEmpty();
		Map<String, String> guessed = form(this.ann.get(EDIT), "# First\n\nKettles, guessed.");
		guessed.put("address", "zoe@example.com");
		assertThat(frame(this.ann.follow(this.ann.post(EDIT + "/draft", guessed)))).contains("reader=s0");
		Page shown = this.ann.get(EDIT + "?reader=r77");
		assertThat(shown.body()).doesNotContain("zoe@example.com", "Zoe");
		assertThat(this.ann.get(EDIT + "/frame?reader=r77").body()).doesNotContain("zoe@example.com", "Zoe");
	}

	@Test
	void ofTwoPeopleTheSecondIsToldAndBothTextsCanBeSeen() {
		Page annOpened = this.ann.get(EDIT);
		Page adaOpened = this.ada.get(EDIT);
		this.ada.follow(this.ada.post(EDIT, form(adaOpened, "# First\n\nAda was here.")));
		Page refused = this.ann.follow(this.ann.post(EDIT, form(annOpened, "# First\n\nAnn was here.")));
		assertThat(refused.words()).containsPattern(
				"Not saved, and nothing is lost: version 2 was saved in between \\(ada@example\\.org, .* (?:UTC|Asia/Shanghai)\\)\\.")
			.contains("while you wrote on version 1");
		assertThat(text(refused)).isEqualTo("# First\n\nAnn was here.");
		Page compared = this.ann.get(refused.html().expectFirst("#draft-state .parts a").attr("href"));
		assertThat(compared.html().select("tr.removed del").text()).isEqualTo("Ada");
		assertThat(compared.html().select("tr.added ins").text()).isEqualTo("Ann");
		Map<String, String> over = form(refused, "# First\n\nAnn was here.");
		over.put("over", refused.html().expectFirst("button[name=over]").attr("value"));
		assertThat(this.ann.follow(this.ann.post(EDIT, over)).words()).contains("It is saved as version 3.");
		assertThat(this.ann.get(ISSUE + "/history?from=v2&to=v3").html().select("tr.added ins").text())
			.isEqualTo("Ann");
	}

	@Test
	void ofTwoTabsOfOnePersonNothingIsLost() {
		Page opened = this.ann.follow(this.ann.post(EDIT + "/draft", form(this.ann.get(EDIT), "# First\n\nOpened.")));
		this.ann.post(EDIT + "/draft", form(opened, "# First\n\nFirst tab."));
		Page second = this.ann.follow(this.ann.post(EDIT + "/draft", form(opened, "# First\n\nSecond tab.")));
		assertThat(second.words()).contains("This text was changed in another tab since. Both are kept",
				"Another one of yours");
		assertThat(text(second)).isEqualTo("# First\n\nSecond tab.");
		Page compared = this.ann.get(second.html().expectFirst("#draft-state li a:last-child").attr("href"));
		assertThat(compared.html().select("del, ins").eachText()).containsExactly("Second", "First");
	}

	@Test
	void anotherPersonsDraftIsSeenAndNotChanged() {
		Page kept = this.ada
			.follow(this.ada.post(EDIT + "/draft", form(this.ada.get(EDIT), "# First\n\nAda's draft.")));
		String draft = kept.html().expectFirst("input[name=draft]").attr("value");
		Page seen = this.ann.get(EDIT);
		assertThat(seen.words()).contains("Other drafts of this issue: ada@example.org, kept");
		assertThat(text(seen)).doesNotContain("Ada");
		Page page = this.ann.follow(this.ann.get(EDIT + "?draft=" + draft));
		assertThat(page.html().select("tr.added").text()).contains("Ada's draft.");
		Map<String, String> theirs = form(kept, "# First\n\nAnn's.");
		assertThat(this.ann.follow(this.ann.post(EDIT + "/draft", theirs)).words()).containsPattern(
				"ada@example\\.org has changed this text since, at .* (?:UTC|Asia/Shanghai)\\. Both are kept");
		this.ann.post(EDIT + "/discard", Map.of("draft", draft));
		assertThat(text(this.ada.get(EDIT))).isEqualTo("# First\n\nAda's draft.");
		Page mine = this.ann.follow(this.ann.post(ISSUE + "/history", Map.of("name", "d" + draft)));
		assertThat(text(mine)).isEqualTo("# First\n\nAda's draft.");
	}

	@Test
	void whatCannotBeReadIsKeptAndSaidWhy() {
		Page refused = this.ann.follow(this.ann.post(EDIT, form(this.ann.get(EDIT), "---\ntitle: X\nText")));
		assertThat(refused.words())
			.contains("Not saved; your text is kept as a draft. first.md, line 1: the front matter");
		assertThat(text(refused)).isEqualTo("---\ntitle: X\nText");
		assertThat(this.ann.get(frame(refused)).body()).startsWith("first.md, line 1");
		Page large = this.ann.upload(EDIT + "/draft", "", new byte[0], form(this.ann.get(EDIT), "x".repeat(1_100_000)));
		assertThat(large.status()).isEqualTo(409);
		assertThat(large.words()).contains("larger than can be written here (1,100,000 of 1,048,576 octets)");
	}

	@Test
	void hostileTextsStayText() {
		String hostile = "# </textarea><script>alert(1)</script>\n\n<script>alert(2)</script> \"'><img src=x onerror=alert(3)> http://example.org/<b>";
		Page page = this.ann.follow(this.ann.post(EDIT, form(this.ann.get(EDIT), hostile)));
		assertThat(text(page)).isEqualTo(hostile);
		assertThat(page.html().select("script:not([src]), main img, [onerror]")).isEmpty();
		Page history = this.ann.get(ISSUE + "/history");
		assertThat(history.html().select("script:not([src]), main img, [onerror]")).isEmpty();
		assertThat(history.html().select("tr.added").text()).contains("<script>alert(2)</script>");
		assertThat(this.ann.get(ISSUE + "/history?from=v1%27&to=%3Cscript%3E").status()).isEqualTo(404);
		assertThat(this.ann.get(ISSUE + "/history?from=v9&to=d9").status()).isEqualTo(404);
	}

	@Test
	void aDraftIsDiscardedAndBroughtBack() {
		Page kept = this.ann.follow(this.ann.post(EDIT + "/draft", form(this.ann.get(EDIT), "# First\n\nDraft.")));
		Page gone = this.ann.follow(this.ann.post(EDIT + "/discard", form(kept, "# First\n\nDraft, and more.")));
		assertThat(gone.words()).contains("The draft is discarded. Bring it back", "As it is in version 1.");
		String draft = gone.html().expectFirst("form[action$=bring-back] input[name=draft]").attr("value");
		Page back = this.ann.follow(this.ann.post(EDIT + "/bring-back", Map.of("draft", draft)));
		assertThat(text(back)).isEqualTo("# First\n\nDraft, and more.");
	}

	@Test
	void aFilesTextIsTakenAndWhatWasThereIsKept() {
		Page taken = this.ann.follow(this.ann.upload(EDIT + "/file", "other.md",
				"\uFEFF# Other\r\n\r\nFrom a file.".getBytes(StandardCharsets.UTF_8),
				form(this.ann.get(EDIT), "# First\n\nTyped.")));
		assertThat(text(taken)).isEqualTo("# Other\n\nFrom a file.");
		assertThat(taken.words()).contains("what you had is kept as another one", "Another one of yours");
		Page wrong = this.ann.follow(this.ann.upload(EDIT + "/file", "../../x.md", new byte[] { 'a', (byte) 0xE9 },
				form(taken, "# Other\n\nFrom a file.")));
		assertThat(wrong.words()).contains("x.md is not UTF-8");
		assertThat(text(wrong)).isEqualTo("# Other\n\nFrom a file.");
	}

	@Test
	void anIssueIsBegunAndWrittenHere() {
		this.ann.get("/newsletters/weekly");
		Page begun = this.ann.follow(this.ann.post("/newsletters/weekly/begin", Map.of("title", "Pots & pans")));
		assertThat(text(begun)).isEqualTo("# Pots & pans\n\n");
		assertThat(begun.words()).contains("pots-pans.md has no text but its heading. Write one.");
		this.ann.post("/newsletters/weekly/issues/pots-pans/edit/draft", form(begun, "# Pots & pans\n\nMany."));
		Page list = this.ann.get("/newsletters/weekly");
		assertThat(list.words()).contains("ann@example.org has a draft of it, kept");
		Page refused = this.ann.post("/newsletters/weekly/begin", Map.of("title", "--"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.words()).contains("An issue needs a title with letters or digits.");
	}

	@Test
	void aSendKeepsItsVersionAndTheEditorSaysSo() {
		this.jdbc
			.sql("""
					INSERT INTO send (id, issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at)
					SELECT 1, id, current_version, 'SCHEDULED', 1, '2099-01-01 00:00:00', 'UTC', 'ann', '2026-01-01 00:00:00' FROM issue
					""")
			.update();
		Page opened = this.ann.get(EDIT);
		assertThat(opened.words()).contains("A send of version 1 is asked for. What you save from now on is not in it");
		Page saved = this.ann.follow(this.ann.post(EDIT, form(opened, "# First\n\nToo late.")));
		assertThat(saved.words()).contains("what was saved since, up to version 2, is not in it");
		assertThat(this.jdbc.sql("SELECT v.number FROM send s JOIN issue_version v ON v.id = s.issue_version_id")
			.query(Integer.class)
			.single()).isEqualTo(1);
		assertThat(this.ann.get(ISSUE + "/history").words()).contains("the current one", "scheduled");
	}

	@Test
	void theLookIsPreviewedWithTheFormsValuesAndNothingIsSaved() {
		String path = "/newsletters/weekly/settings";
		this.ann.get(path);
		Map<String, String> fields = new LinkedHashMap<>(Map.of("name", "Copper Letter", "from",
				"Weekly <weekly@example.org>", "language", "en", "accent", "#7a2e1d", "as", "dark"));
		Page shown = this.ann.post(path + "/frame", fields);
		assertThat(shown.body()).contains("Copper Letter", "#7a2e1d", "Kettles")
			.doesNotContain("(prefers-color-scheme");
		assertThat(shown.header("Content-Security-Policy")).startsWith("sandbox allow-popups");
		assertThat(this.newsletters.require("weekly").name()).isEqualTo("Weekly");
		fields.put("accent", "red<script>");
		Page wrong = this.ann.post(path + "/frame", fields);
		assertThat(wrong.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
		assertThat(wrong.body()).contains("as long as a field is wrong", "'red<script>' is no colour");
		this.jdbc.sql("DELETE FROM issue_version").update();
		this.jdbc.sql("DELETE FROM issue").update();
		assertThat(this.ann.get(path + "/frame").words()).contains("A sample issue");
		fields.putAll(Map.of("accent", "", "language", "zh-CN", "as", "text"));
		assertThat(this.ann.post(path + "/frame", fields).body()).contains("一期样刊");
	}

}
