package dev.herald.web;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.account.Accounts;
import dev.herald.account.SetUp;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.tracking.Actor;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.EngagementKind;
import dev.herald.tracking.Engagements;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports on pages and as files, of hostile names, replies and bounces. */
@WebTest
@Import(SentIssues.class)
class ReportPagesTests {

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
	private Engagements engagements;

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
	void whatDoesNotTrackSaysSo() {
		assertThat(report().words()).contains("This newsletter does not track");
		this.engagements.record(new DeliveryKey(this.issue.id(), 2), EngagementKind.CLICK, Actor.HUMAN);
		assertThat(report().words()).contains("followed a link people 1 1");
		assertThat(this.admin.get("/newsletters/weekly/reports").words()).contains("followed a link people 1");
		this.jdbc.sql("DELETE FROM engagement").update();
		this.jdbc.sql("DELETE FROM engagement_count").update();
	}

	@Test
	void noNameSubjectReplyOrBounceIsRunByAPage() {
		for (String path : List.of("/report", "/deliveries?state=accepted", "/deliveries?state=rejected",
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
				"reader231@example.org", "reader232@example.org", "reader233@example.org", "reader235@example.org",
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
		assertThat(person.words()).startsWith("reader100@example.org")
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
		return this.admin.get("/newsletters/weekly/issues/one/report");
	}

	private List<String> addresses(String path) {
		return this.admin.get(path).html().select("tbody a[href^=/subscribers/]").eachText();
	}

}
