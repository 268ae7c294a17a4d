package dev.herald.web;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.Accounts;
import dev.herald.account.SetUp;
import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.LinkClicks;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports on pages and as files, of hostile names, replies and bounces. */
@WebTest
@Import(SentIssues.class)
class ReportPagesTests {

	private static final String REPORT = "/newsletters/weekly/issues/one/report";

	private static final String PASSWORD = "copper kettle 9 bells";

	@LocalServerPort
	private int port;

	@Autowired
	private Accounts accounts;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Issues issues;

	@Autowired
	private SentIssues sent;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Subscriptions subscriptions;

	@Autowired
	private LinkClicks clicks;

	@Autowired
	private JdbcClient jdbc;

	@TempDir
	private Path files;

	private Browser admin;

	private Issue issue;

	@BeforeEach
	void prepare() throws Exception {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.sent.sent(this.sent.newsletter(this.files), "one", "2026-11-24", 12);
		}
		this.admin = new Browser(this.port);
		this.admin.signIn("ada@example.org", PASSWORD);
		this.issue = this.issues.require("one", "weekly");
	}

	@Test
	void theReportSaysWhatAPersonWouldSayAndShowsEveryFigure() {
		Page page = report();
		assertThat(page.words())
			.contains("200 of 240 accepted within 20 minutes; 20 are uncertain and wait for a decision; "
					+ "20 were rejected; 1 address is dead.")
			.contains("There is no issue before it to compare it with.")
			.contains("gmail 120")
			.contains("all others 120")
			.contains("Asia/Shanghai")
			.contains("hard: the address is dead no such mailbox 1");
		assertThat(page.body().length()).isLessThan(100_000);
	}

	@Test
	void aChartIsDrawnFromTheTableThatEverybodyCanRead() {
		Page page = report();
		assertThat(page.html().select("table[data-chart] td[data-value]").eachAttr("data-value")).isNotEmpty()
			.allSatisfy((value) -> assertThat(value).matches("\\d+"));
		assertThat(page.html().select("script:not([src]), style, [style], [onclick], [onerror]")).isEmpty();
		for (String source : page.html().select("script[src]").eachAttr("src")) {
			assertThat(this.admin.get(source).status()).as(source).isEqualTo(200);
		}
		for (String source : page.html().select("link[rel=stylesheet]").eachAttr("href")) {
			assertThat(this.admin.get(source).status()).as(source).isEqualTo(200);
		}
	}

	@Test
	void whatDoesNotTrackSaysSoAndNeverZero() {
		assertThat(this.admin.get("/subscribers/4").words()).contains("not tracked");
		assertThat(report().words()).contains("Not tracked: this newsletter does not track")
			.doesNotContain("opened people", "opened not tracked");
		assertThat(this.admin.get(REPORT + "/clicks").words()).contains("Not tracked: no link of this issue");
		this.clicks.record(new DeliveryKey(this.issue.id(), 2), SentIssues.KETTLES, Actor.HUMAN);
		this.clicks.record(new DeliveryKey(this.issue.id(), 2), SentIssues.KETTLES, Actor.MACHINE);
		assertThat(report().words()).contains("opened not tracked")
			.contains("followed a link people 1 1", "people a person’s own mail program or browser")
			.contains(SentIssues.KETTLES + " 1 100.0 % 1 0");
		assertThat(this.admin.get("/newsletters/weekly/reports").words()).contains("followed a link people 1");
		assertThat(this.admin.get("/subscribers/4").words()).contains("nothing on record");
		assertThat(this.admin.get(REPORT + "/figures.csv").body())
			.contains("link," + SentIssues.KETTLES + ",human readers,1");
		forgetClicks();
	}

	@Test
	void whatReadersDidIsShownOverTimeAndKeptForOtherPrograms() {
		this.jdbc.sql("UPDATE send SET started_at = ? WHERE issue_id = ?")
			.params(Showcase.utc(Instant.now().minusSeconds(600)), this.issue.id())
			.update();
		this.clicks.record(new DeliveryKey(this.issue.id(), 2), SentIssues.KETTLES, Actor.HUMAN);
		this.clicks.record(new DeliveryKey(this.issue.id(), 3), SentIssues.KETTLES, Actor.MACHINE);
		for (String over : List.of("", "?over=1h", "?over=48h", "?over=4w", "?over=%22%3E%3Cimg%20src%3Dx%3E")) {
			Page page = this.admin.get(REPORT + over);
			assertThat(page.status()).as(over).isEqualTo(200);
			assertThat(page.html().select("#over-time table[data-stacked]:contains(people)").select("td[data-value=1]"))
				.as(over)
				.hasSize(2);
			assertThat(page.words()).as(over).contains("No open is on record in this time.");
			assertThat(page.html().select("img")).as(over).isEmpty();
		}
		assertThat(this.admin.get(REPORT + "?over=1h").html().select("#over-time [aria-current]").text())
			.isEqualTo("First hour");
		assertThat(report().html().select("#over-time [aria-current]").text()).isEqualTo("First 48 hours");
		assertThat(this.admin.get(REPORT + "/figures.json").body()).contains("\"engagementOverTime\":[{\"at\":\"",
				"\"seconds\":60,\"kind\":\"click\",\"actor\":\"human\",\"readers\":1,\"events\":1}",
				"\"cameBackByHour\":[{\"at\":\"2026-11-24T00:00:00Z\",\"hardBounces\":1");
		assertThat(this.admin.get(REPORT + "/figures.csv").body()).contains("click by minute,", "human readers,1",
				"back by hour,2026-11-24T00:00:00Z,hardBounces,1");
		this.jdbc.sql("UPDATE send SET started_at = due_at WHERE issue_id = ?").param(this.issue.id()).update();
		forgetClicks();
	}

	@Test
	void clicksAreLaidOverTheMailInItsSandboxAndNothingOfIt() {
		String hostile = "https://example.org/\"><script>alert(1)</script>";
		this.clicks.record(new DeliveryKey(this.issue.id(), 2), SentIssues.KETTLES, Actor.HUMAN);
		this.clicks.record(new DeliveryKey(this.issue.id(), 3), SentIssues.KETTLES, Actor.MACHINE);
		this.clicks.record(new DeliveryKey(this.issue.id(), 3), hostile, Actor.HUMAN);
		Page frame = this.admin.get(REPORT + "/clicks/frame");
		assertThat(frame.header("Content-Security-Policy")).startsWith("sandbox allow-popups")
			.contains("default-src 'none'");
		assertThat(frame.html().select("a[href='" + SentIssues.KETTLES + "'] + span").eachText())
			.containsExactly("1 · 50.0 %");
		assertThat(frame.html().select("a + span")).as("no other link was followed").hasSize(1);
		assertThat(frame.html().select("script")).isEmpty();
		Document laid = frame.html();
		laid.select("a + span").remove();
		assertThat(laid.body().html())
			.isEqualTo(this.admin.get("/newsletters/weekly/issues/one/edit/frame").html().body().html());
		Page page = this.admin.get(REPORT + "/clicks");
		assertThat(page.html().select("script:not([src])")).isEmpty();
		assertThat(page.html().select("th.target").eachText()).containsExactly(hostile, SentIssues.KETTLES);
		forgetClicks();
	}

	private void forgetClicks() {
		for (String table : List.of("engagement", "engagement_count", "engagement_time", "link_click", "link_count")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
	}

	@Test
	void whoBouncedAndWhoLeftIsListedSearchedAndDownloaded() {
		int leaver = this.subscriptions.find(EmailAddress.parse("reader9@example.org")).orElseThrow().id();
		this.subscriptions.unsubscribe(this.issue.newsletterId(), leaver, ConsentSource.ONE_CLICK, this.issue.id());
		assertThat(addresses(REPORT + "/bounced")).containsExactly("reader1@example.org");
		assertThat(addresses(REPORT + "/bounced?kind=hard&reason=userunknown&q=reader1@example.org")).hasSize(1);
		assertThat(this.admin.get(REPORT + "/bounced?kind=soft").words()).contains("No bounce is as you asked.");
		assertThat(this.admin.get(REPORT + "/bounced?kind=%22%3E%3Cimg%20src%3Dx%3E&after=x").html().select("img"))
			.isEmpty();
		assertThat(this.admin.get(REPORT + "/bounced?after=1").words()).contains("No bounce is as you asked.");
		assertThat(this.admin.get(REPORT + "/bounced/export").body().lines().toList()).hasSize(2)
			.first()
			.isEqualTo("email,name,class,status,reason,received,report");
		assertThat(addresses(REPORT + "/left")).containsExactly("reader9@example.org");
		assertThat(this.admin.get(REPORT + "/left?q=nobody").words()).contains("Nobody who left has an address");
		assertThat(this.admin.get(REPORT + "/left/export?q=reader9").body().lines().toList().get(1))
			.startsWith("reader9@example.org,")
			.contains(",one_click,");
		assertThat(report().words()).contains("1 reader has unsubscribed").contains("the mail program’s button");
		this.jdbc.sql("DELETE FROM leaver_count").update();
		this.jdbc.sql("DELETE FROM consent WHERE issue_id IS NOT NULL").update();
		this.jdbc.sql("UPDATE subscription SET state = 'ACTIVE'").update();
		this.jdbc.sql("UPDATE subscription_day SET departed = 0").update();
	}

	@Test
	void whatWasOnlyRehearsedIsNotCompared() {
		Issue rehearsed = this.sent.sent(this.newsletters.require("weekly"), "rehearsed", "2026-11-25", 12);
		this.jdbc.sql("UPDATE send SET rehearsal = 1 WHERE issue_id = ?").param(rehearsed.id()).update();
		assertThat(this.admin.get("/newsletters/weekly/issues/rehearsed/report").words())
			.contains("only issues that were sent are compared")
			.doesNotContain("No issue was sent before");
	}

	@Test
	void noNameSubjectReplyOrBounceIsRunByAPage() {
		for (String path : List.of("/report", "/report/bounced", "/report/left", "/report/clicks",
				"/deliveries?state=accepted", "/deliveries?state=rejected",
				"/deliveries?state=rejected&q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&reason=%22%3E%3Cscript%3E")) {
			Page page = this.admin.get("/newsletters/weekly/issues/one" + path);
			assertThat(page.status()).as(path).isEqualTo(200);
			assertThat(page.html().select("img, script:not([src])")).as(path).isEmpty();
		}
		for (String path : List.of("/newsletters/weekly/reports", "/subscribers?q=%22%3E%3Cimg%20src%3Dx%3E",
				"/subscribers?q=reader", "/subscribers/1", "/subscribers/12")) {
			Page page = this.admin.get(path);
			assertThat(page.status()).as(path).isEqualTo(200);
			assertThat(page.html().select("img, script:not([src])")).as(path).isEmpty();
		}
	}

	@Test
	void aListIsNarrowedByProviderReasonAndAddress() {
		String list = "/newsletters/weekly/issues/one/deliveries?state=";
		assertThat(addresses(list + "rejected")).hasSize(20);
		assertThat(addresses(list + "rejected&provider=1")).isEmpty();
		assertThat(addresses(list + "rejected&provider=0&reason=5.7.1")).hasSize(20);
		assertThat(addresses(list + "rejected&reason=9.9.9")).isEmpty();
		assertThat(addresses(list + "accepted&q=reader23")).containsExactly("reader230@example.org",
				"reader231@example.org", "reader232@example.org", "reader234@example.org", "reader235@example.org",
				"reader236@example.org", "reader237@example.org", "reader238@example.org", "reader239@example.org",
				"reader23@example.org");
		assertThat(this.admin.get(list + "nonsense").status()).isEqualTo(404);
		assertThat(this.admin.get(list + "rejected&after=x.y.z&provider=zzz").status()).isEqualTo(200);
	}

	@Test
	void pagesFollowOneAnotherToTheLast() {
		Page first = this.admin.get("/newsletters/weekly/issues/one/deliveries?state=accepted");
		String next = first.html().select(".pager a").attr("href");
		Page second = this.admin.get(next);
		assertThat(second.html().select("tbody a").eachText()).hasSize(100)
			.doesNotContainAnyElementsOf(first.html().select("tbody a").eachText());
		assertThat(second.html().select(".pager a")).hasSize(1);
	}

	@Test
	void theDownloadedListIsTheListThatIsShownAndNoSpreadsheetRunsIt() {
		Page csv = this.admin.get("/newsletters/weekly/issues/one/deliveries/export?state=rejected");
		assertThat(csv.header("Content-Disposition")).contains("attachment", "weekly-one-rejected.csv");
		assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
		assertThat(csv.body().lines()).hasSize(21).first().isEqualTo("email,name,state,provider,attempts,since,reply");
		Page one = this.admin
			.get("/newsletters/weekly/issues/one/deliveries/export?state=accepted&q=reader3@example.org");
		assertThat(one.body().lines().toList().get(1)).startsWith("reader3@example.org,\"'=HYPERLINK(");
	}

	@Test
	void theFiguresAreThereForOtherPrograms() {
		Page csv = this.admin.get("/newsletters/weekly/issues/one/report/figures.csv");
		assertThat(csv.header("Content-Disposition")).contains("weekly-one.csv");
		assertThat(csv.body()).contains("section,name,figure,value", "state,accepted,deliveries,200",
				"provider,gmail,recipients,120", "bounce,hard,userunknown,1");
		Page json = this.admin.get("/newsletters/weekly/issues/one/report/figures.json");
		assertThat(json.header("Content-Type")).startsWith("application/json");
		assertThat(json.body()).startsWith("{\"newsletter\":\"weekly\",\"slug\":\"one\",")
			.contains("\"recipients\":240", "\"accepted\":200", "\"name\":\"gmail\"", "\"acceptedByMinute\":[{\"at\":");
	}

	@Test
	void aPersonsWholeHistoryIsOnePageAwayFromEveryAddress() {
		Page report = report();
		String link = report.html().select("table a[href^=/subscribers/]").attr("href");
		Page person = this.admin.get(link);
		assertThat(person.words()).startsWith("reader1@example.org")
			.contains("Weekly")
			.contains("Accepted")
			.contains("hard, 5.1.1 no such mailbox")
			.contains("active an import");
		assertThat(this.admin.get("/subscribers/999999").status()).isEqualTo(404);
		assertThat(this.admin.get("/subscribers/x").status()).isIn(400, 404);
	}

	@Test
	void trendsSayWhoCameAndWhoLeft() {
		assertThat(this.admin.get("/newsletters/weekly/reports").words()).contains("240 readers are subscribed now")
			.contains("Deliverability by mailbox provider")
			.contains("gmail 120");
	}

	private Page report() {
		return this.admin.get(REPORT);
	}

	private List<String> addresses(String path) {
		return this.admin.get(path).html().select("tbody a[href^=/subscribers/]").eachText();
	}

}
