package dev.herald.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.issue.Versions;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.segment.Segment;
import dev.herald.segment.Segments;
import dev.herald.segment.Tree;
import dev.herald.segment.TreeJson;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.web.Browser.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends are planned, undone, moved, approved and watched through the pages, without
 * JavaScript and in a browser.
 */
@WebTest
class PlanFromThePagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String ISSUE = "/newsletters/weekly/issues/first";

	private static final ScriptedSmtpServer RELAY = ScriptedSmtpServer.start((stage, address) -> null);

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
	private Versions versions;

	@Autowired
	private Segments segments;

	@Autowired
	private SubscriberImport imports;

	@Autowired
	private JdbcClient jdbc;

	@TempDir
	private Path folder;

	@RegisterExtension
	final PageLook look = new PageLook();

	private Issue issue = new Issue(0, 0, "", "", null, 0);

	private Browser ann = new Browser(0);

	private Browser bob = new Browser(0);

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry properties) {
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", RELAY::port);
		properties.add("herald.allow-local-base-url", () -> "true");
		properties.add("herald.undo.window", () -> "45s");
	}

	@AfterAll
	static void close() {
		RELAY.close();
	}

	@BeforeEach
	void twoEditorsHaveAnIssueAndFourReadersInThreeZones() throws Exception {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
			this.accounts.create("bob@example.org", PASSWORD, Role.EDITOR);
			Newsletter weekly = this.newsletters.create("weekly", new NewsletterSettings("Weekly",
					Mailbox.parse("Weekly <weekly@example.org>"), null, Locale.ENGLISH, null, "1 Kettle Street"));
			Path csv = Files.writeString(this.folder.resolve("readers.csv"), """
					email,zone,city,desk
					r1@example.org,Asia/Shanghai,Shanghai,1
					r2@example.org,Asia/Shanghai,Shanghai,2
					r3@example.org,Asia/Kolkata,Kolkata,3
					r4@example.org,,,
					""");
			this.imports.run(csv, weekly, this.folder.resolve("rejects.csv"), false);
			this.issues.importFile(weekly, "first.md",
					"# First\n\nHello, [reader](https://example.org/a).\n".getBytes(StandardCharsets.UTF_8), null);
		}
		for (String table : new String[] { "delivery", "resend_delivery", "send_traffic", "scheduled_tasks", "send" }) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		this.jdbc.sql("UPDATE newsletter SET approval = 0").update();
		this.issue = this.issues.require("first", "weekly");
		this.ann = signedIn("ann@example.org");
		this.bob = signedIn("bob@example.org");
	}

	@Test
	void whatATimeMeansIsSaidAsItIsTyped() {
		assertThat(meaning("2099-01-01", "08:00", "Europe/Berlin")).contains("more than a year away");
		assertThat(meaning(inDays(3), "08:00", "Asia/Shanghai")).contains("00:00 UTC, in 2 d");
		assertThat(meaning("", "08:00", "Asia/Shanghai")).contains("The date can’t be read");
		assertThat(meaning(inDays(3), "08:00", "<script>x")).contains("no such time zone").doesNotContain("<script>x");
		assertThat(this.ann.get(ISSUE + "/send/when?when=now").html().text())
			.contains("Nothing leaves in the first 45 s");
		Page form = this.ann.get(ISSUE);
		assertThat(form.html().select("#meaning").attr("hx-get")).isEqualTo(ISSUE + "/send/when");
		assertThat(form.html().select("#meaning").text()).contains("Nothing leaves in the first");
	}

	@Test
	void whereTheClocksChangeTheChoiceIsExplainedAndOffered() {
		LocalDate sunday = nextChange();
		boolean twice = sunday.getMonthValue() == 10;
		Page confirm = this.ann.get(ISSUE + "/send?when=at&date=" + sunday + "&time=02:30&zone=Europe/Berlin");
		assertThat(confirm.words()).contains(twice ? "02:30 comes twice on that day in Europe/Berlin"
				: "02:30 does not exist on that day in Europe/Berlin: the clocks go from 02:00 straight to 03:00.");
		assertThat(confirm.html().select("button[name=due]").eachAttr("value")).containsExactly(
				sunday + (twice ? "T00:30:00Z" : "T01:30:00Z"), sunday + (twice ? "T01:30:00Z" : "T01:00:00Z"));
		assertThat(confirm.html().select("button[name=due].quiet")).hasSize(1);
	}

	@Test
	void aSendIsUndoneBeforeItsFirstMailAndAskedForAgain() {
		int before = RELAY.recipients().size();
		Page watch = ask("now", "");
		assertThat(watch.words()).contains("scheduled", "You can still undo it: nothing has left.", "in 4");
		assertThat(watch.html().select("form.acts button").eachText()).containsExactly("Undo");
		assertThat(watch.html().select("noscript meta[http-equiv=refresh]").attr("content")).isNotEmpty();
		Page undone = this.ann.follow(this.ann.post(watch.html().select("form.acts").attr("action"), Map.of()));
		assertThat(undone.words()).contains("Nobody gets anything", "Ask for it again");
		assertThat(undone.html().select("a:contains(again)").attr("href")).isEqualTo(ISSUE + "/send?when=now");
		assertThat(RELAY.recipients()).hasSize(before);
	}

	@Test
	void aResendIsUndoneBeforeItsFirstMailAndAskedForAgain() {
		Browser ada = new Browser(this.port);
		ada.signIn("ada@example.org", PASSWORD);
		this.jdbc
			.sql("""
					INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at)
					SELECT id, current_version, 'DONE', 0, '2026-11-24', 'UTC', 'ada', '2026-11-24' FROM issue WHERE slug = 'first'
					""")
			.update();
		this.jdbc
			.sql("""
					INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at, changed_at)
					SELECT o.issue_id, s.id, o.id, 4, 0, 1, 0, 0, 0 FROM send o CROSS JOIN subscriber s
					""")
			.update();
		int before = RELAY.recipients().size();
		Page form = ada.get(ISSUE + "/deliveries/resend");
		assertThat(form.words()).contains("4 readers would get it", "Nothing leaves in the first 45 s");
		String list = form.html().select("input[name=list]").attr("value");

		Page asked = ada.post(ISSUE + "/deliveries/resend", Map.of("state", "rejected", "list", list));

		Page watch = ada.follow(asked);
		assertThat(watch.words()).contains("4 readers get it again", "You can still undo it: nothing has left.", "in 4",
				"4 readers of the list would get it again");
		assertThat(watch.html().select("form.acts button").eachText()).containsExactly("Undo");
		assertThat(watch.html().select("a:contains(Move it)")).isEmpty();
		Page undone = this.ann.follow(this.ann.post(watch.html().select("form.acts").attr("action"), Map.of()));
		assertThat(undone.words()).contains("Nobody gets anything").doesNotContain("Ask for it again");
		assertThat(ada.get(asked.location()).html().select("a:contains(again)").attr("href"))
			.isEqualTo(ISSUE + "/deliveries/resend?state=rejected");
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE state = 4").query(Integer.class).single())
			.isEqualTo(4);
		assertThat(RELAY.recipients()).hasSize(before);
	}

	@Test
	void aCancellingMidwayIsTakenBack() {
		String watch = planned(inDays(2));
		this.jdbc
			.sql("""
					UPDATE send SET subscriptions = 4, recipients = 4, unconfirmed = 0, unsubscribed = 0, suppressed = 0, paused = 0,
					already_in_ledger = 0, status = 'WAITING', started_at = created_at
					""")
			.update();
		Page cancelling = this.ann.follow(this.ann.post(watch + "/cancel", Map.of()));
		assertThat(cancelling.words()).contains("It is being cancelled: nothing more leaves", "in 4",
				"You can still take the cancelling back");
		assertThat(cancelling.html().select("form.acts button").eachText()).containsExactly("Undo: don’t cancel it");
		assertThat(this.bob.get("/").words()).contains("It is being cancelled");
		assertThat(this.ann.follow(this.ann.post(watch + "/keep", Map.of())).words())
			.contains("The send is not cancelled", "Pause the send");
		assertThat(this.ann.follow(this.ann.post(watch + "/keep", Map.of())).words()).contains("It was too late");
	}

	@Test
	void whatIsContinuedAfterItsTimeIsUndoneBeforeItsFirstMail() {
		String watch = planned(inDays(2));
		this.ann.follow(this.ann.post(watch + "/pause", Map.of()));
		this.jdbc.sql("UPDATE send SET created_at = '2026-01-01 00:00:00', due_at = '2026-01-02 00:00:00'").update();
		Page continued = this.ann.follow(this.ann.post(watch + "/continue", Map.of()));
		assertThat(continued.words()).contains("The send goes on", "You can still undo it: nothing has left.", "in 4");
		assertThat(continued.html().select("form.acts button").eachText()).containsExactly("Undo");
		Page undone = this.ann.follow(this.ann.post(watch + "/cancel", Map.of()));
		assertThat(undone.words()).contains("Nobody gets anything");
		assertThat(undone.html().select("a:contains(again)").attr("href")).isEqualTo(ISSUE + "/send?when=now");
	}

	@Test
	void whatIsContinuedLongBeforeItsTimeIsCancelledAndPausedAsBefore() {
		String watch = planned(inDays(2));
		this.ann.post(watch + "/pause", Map.of());
		Page continued = this.ann.follow(this.ann.post(watch + "/continue", Map.of()));
		assertThat(continued.html().select("form.acts button").eachText()).containsExactly("Cancel the send",
				"Pause the send");
	}

	@Test
	void aPlannedSendIsMovedByItsForm() {
		String watch = planned(inDays(2));
		assertThat(this.ann.get(watch).html().select("a:contains(Move it)").attr("href")).isEqualTo(watch + "/move");
		Page form = this.ann.get(watch + "/move");
		assertThat(form.html().select("input[name=date]").attr("value")).isEqualTo(inDays(2));
		Page past = this.ann.post(watch + "/move",
				Map.of("date", "2020-01-01", "time", "09:00", "zone", "Asia/Shanghai"));
		assertThat(past.status()).isEqualTo(400);
		assertThat(past.words()).contains("has passed");
		LocalDate change = nextChange();
		Page choose = this.ann.post(watch + "/move",
				Map.of("date", change.toString(), "time", "02:30", "zone", "Europe/Berlin"));
		assertThat(choose.html().select("button[name=due]")).hasSize(2);
		Page moved = this.ann.post(watch + "/move", Map.of("date", change.toString(), "time", "02:30", "zone",
				"Europe/Berlin", "due", choose.html().select("button[name=due]").get(1).attr("value")));
		assertThat(this.ann.follow(moved).words()).contains("The send has its new time", "Europe/Berlin");
		this.jdbc.sql("UPDATE send SET status = 'RUNNING'").update();
		assertThat(this.ann
			.follow(this.ann.post(watch + "/move", Map.of("date", inDays(3), "time", "09:00", "zone", "UTC")))
			.words()).contains("too late to move it");
	}

	@Test
	void aSecondPersonLooksAtWhatTheFirstAskedForAndApprovesIt() {
		Browser admin = signedIn("ada@example.org");
		Map<String, String> settings = Map.of("name", "Weekly", "from", "Weekly <weekly@example.org>", "language", "en",
				"postalAddress", "1 Kettle Street", "approval", "true");
		this.ann.post("/newsletters/weekly/settings", settings);
		assertThat(this.newsletters.require("weekly").approval()).as("an EDITOR can't change it").isFalse();
		admin.post("/newsletters/weekly/settings", settings);
		assertThat(this.newsletters.require("weekly").approval()).isTrue();

		assertThat(this.ann.get(ISSUE + "/send?when=now").words()).contains("asks for a second person");
		String watch = planned(inDays(2));
		assertThat(this.ann.get(watch).words()).contains("It waits for the approval of a second person");
		assertThat(this.ann.get(watch + "/approval").words()).contains("somebody else has to approve it");
		assertThat(this.ann.post(watch + "/approve", Map.of("seen", seen(watch))).status()).isEqualTo(409);
		assertThat(this.ann.post(watch + "/continue", Map.of()).status()).isEqualTo(409);
		this.versions.save(this.issue, this.issue.versionId(), "# First\n\nNewer, [here](https://example.org/a).\n",
				"ann@example.org", null);

		assertThat(this.bob.get("/").words()).contains("It waits for the approval of a second person");
		Page approval = this.bob.get(watch + "/approval");
		assertThat(approval.words()).contains("Asked for by ann@example.org", "4 readers would get it",
				"What is approved: version 1", "Version 2 was saved since");
		Page frame = this.bob.get(approval.html().select("iframe").attr("src"));
		assertThat(frame.header("Content-Security-Policy")).startsWith("sandbox");
		assertThat(frame.body()).contains("Hello").doesNotContain("Newer");
		this.jdbc.sql("UPDATE send SET due_at = created_at").update();
		Page approved = this.bob.follow(this.bob.post(watch + "/approve", Map.of("seen", seen(watch))));
		assertThat(approved.words()).contains("The send is approved", "approved by bob@example.org", "scheduled",
				"You can still undo it: nothing has left.", "in 4");
		assertThat(approved.html().select("form.acts button").eachText()).containsExactly("Undo");
		assertThat(this.bob.follow(this.bob.post(watch + "/approve", Map.of("seen", seen(watch)))).words())
			.contains("does not wait for an approval any more");
		this.jdbc.sql("UPDATE issue SET current_version = ?").param(this.issue.versionId()).update();
	}

	@Test
	void eachReaderGetsItByTheirOwnClock() {
		String query = "when=at&date=" + inDays(3) + "&time=08:00&zone=UTC&local=yes";
		assertThat(this.ann.get(ISSUE + "/send/when?" + query).html().select("tbody tr").eachText()).satisfiesExactly(
				(first) -> assertThat(first).contains("00:00 UTC", " 2 Asia/Shanghai"),
				(second) -> assertThat(second).contains("02:30 UTC", " 1 Asia/Kolkata"),
				(third) -> assertThat(third).contains("08:00 UTC", " 1 UTC"));
		Page confirm = this.ann.get(ISSUE + "/send?" + query);
		assertThat(confirm.words()).contains("Send to 4 readers at 08:00 by their own clocks");
		Page asked = this.ann.post(ISSUE + "/sends", fields(confirm));
		assertThat(this.ann.follow(asked).words()).contains("Each reader gets it by their own clock; the first");
		assertThat(this.jdbc.sql("SELECT due_at FROM send").query(String.class).single())
			.startsWith(inDays(3) + " 00:00");
		assertThat(this.ann.get(asked.location() + "/move").html().select("input[name=local]").hasAttr("checked"))
			.isTrue();
	}

	@Test
	void anApprovalIsOfTheConditionsThatWereAskedForWith() {
		Segment shanghai = segment("In Shanghai", "Shanghai");
		this.jdbc.sql("UPDATE newsletter SET approval = 1").update();
		String asked = "&segment=" + shanghai.key() + "&time=09:00&zone=UTC&date=";
		Page confirm = this.ann.get(ISSUE + "/send?when=at" + asked + inDays(2));
		assertThat(confirm.words()).contains("asks for a second person", "Send to 2 readers",
				"That is: city is “Shanghai”.");
		String watch = this.ann.post(ISSUE + "/sends", fields(confirm)).location();
		this.segments.change(weekly(), shanghai.key(), "In Shanghai", city("Kolkata"));
		Page approval = this.bob.get(watch + "/approval");
		assertThat(approval.words()).contains("2 readers would get it", "That is: city is “Shanghai”.")
			.doesNotContain("Kolkata");
		this.bob.post(watch + "/approve", Map.of("seen", seen(watch)));
		assertThat(this.bob.get(watch).words()).contains("approved by bob@example.org");
		this.ann.post(watch + "/cancel", Map.of());

		assertThat(this.ann.get(ISSUE + "/send?when=at" + asked + inDays(2)).words())
			.as("other conditions under the same name")
			.contains("asks for a second person");
		assertThat(this.ann.get(ISSUE + "/send?when=now").words()).as("everybody").contains("asks for a second person");
		this.segments.change(weekly(), shanghai.key(), "In Shanghai", city("Shanghai"));
		assertThat(this.ann.get(ISSUE + "/send?when=at" + asked + inDays(2)).words()).as("what was approved")
			.doesNotContain("asks for a second person");
	}

	@Test
	void aSegmentThatChangedBetweenTheTwoStepsIsLookedAtAnew() {
		Segment segment = segment("Moving", "Shanghai");
		Page confirm = this.ann.get(ISSUE + "/send?when=now&segment=" + segment.key());
		this.segments.change(weekly(), segment.key(), "Moving", city("Kolkata"));
		Page refused = this.ann.post(ISSUE + "/sends", fields(confirm));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.words()).contains("“Moving”");
		Map<String, String> without = fields(this.ann.get(ISSUE + "/send?when=now&segment=" + segment.key()));
		without.remove("tree");
		assertThat(this.ann.post(ISSUE + "/sends", without).status()).isEqualTo(409);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM send").query(Integer.class).single()).isZero();
		Page unknown = this.ann.get(ISSUE + "/send?when=now&segment=none-such");
		assertThat(unknown.status()).isEqualTo(400);
		assertThat(unknown.words()).contains("none-such");
	}

	@Test
	void readersOfASegmentGetItByTheirOwnClocks() {
		Segment asia = this.segments.create(weekly(), "asia", "Asia", TreeJson.read("""
				{"any":[{"field":"attribute","name":"city","test":"is","value":"Kolkata"},
				{"all":[{"field":"attribute","name":"city","test":"is","value":"Shanghai"},
				{"none":[{"field":"attribute","name":"desk","test":"is","value":"2"}]}]}]}"""));
		String query = "when=at&date=" + inDays(3) + "&time=08:00&zone=UTC&local=yes&segment=" + asia.key();
		assertThat(this.ann.get(ISSUE + "/send/when?" + query).html().select("tbody tr").eachText()).satisfiesExactly(
				(first) -> assertThat(first).contains("00:00 UTC", " 1 Asia/Shanghai"),
				(second) -> assertThat(second).contains("02:30 UTC", " 1 Asia/Kolkata"));
		Page confirm = this.ann.get(ISSUE + "/send?" + query);
		assertThat(confirm.words()).contains("Send to 2 readers at 08:00 by their own clocks",
				"2 are not in the segment");
		String watch = this.ann.post(ISSUE + "/sends", fields(confirm)).location();
		assertThat(this.jdbc.sql("SELECT due_at FROM send").query(String.class).single())
			.startsWith(inDays(3) + " 00:00");
		this.jdbc.sql("UPDATE subscriber_attribute SET text = 'Berlin' WHERE text = 'Shanghai'").update();
		this.ann.post(watch + "/move", Map.of("date", inDays(4), "time", "08:00", "zone", "UTC", "local", "yes"));
		assertThat(this.jdbc.sql("SELECT due_at FROM send").query(String.class).single())
			.as("of the first who is in it now")
			.startsWith(inDays(4) + " 02:30");
		this.jdbc.sql("UPDATE subscriber_attribute SET text = 'Shanghai' WHERE text = 'Berlin'").update();
	}

	private Segment segment(String name, String city) {
		return this.segments.create(weekly(), this.segments.freeKey(weekly(), name), name, city(city));
	}

	private static Tree city(String city) {
		return TreeJson.read("""
				{"all":[{"field":"attribute","name":"city","test":"is","value":"%s"}]}""".formatted(city));
	}

	private Newsletter weekly() {
		return this.newsletters.require("weekly");
	}

	@Test
	void theCalendarHasWhatIsPlannedAndWhatWentOut() {
		String watch = planned(inDays(2));
		YearMonth month = YearMonth.from(LocalDate.now(ZoneOffset.UTC).plusDays(2));
		Page calendar = this.ann.get("/calendar?month=" + month);
		assertThat(calendar.html().select(".calendar a").eachAttr("href")).containsExactly(watch);
		assertThat(calendar.words()).contains("First", "Weekly", "scheduled");
		assertThat(calendar.html().select("a[rel=next]").attr("href"))
			.isEqualTo("/calendar?month=" + month.plusMonths(1));
		assertThat(this.ann.get("/calendar?month=1999-13").words()).contains("Calendar:");
		this.ann.post(watch + "/cancel", Map.of());
		assertThat(this.ann.get("/calendar?month=" + month).html().select(".calendar a")).isEmpty();
		assertThat(new Browser(this.port).get("/calendar").location()).isEqualTo(Access.SIGN_IN);
	}

	@Test
	void aSendIsPlannedAndWatchedInABrowser() throws Exception {
		go("/sign-in");
		type("address", "ann@example.org");
		type("password", PASSWORD);
		this.look.driver().findElement(By.xpath("//main//button")).click();
		go(ISSUE);
		this.look.driver().findElement(By.cssSelector("input[value=at]")).click();
		await("UTC, in ");
		this.look.driver().findElement(By.cssSelector("input[name=local]")).click();
		await("Asia/Kolkata");
		this.look.at("plan-local", true);
		this.look.driver().findElement(By.cssSelector("input[name=local]")).click();
		type("zone", "Mars/Olympus");
		await("There is no such time zone");
		this.look.at("plan-wrong", false);
		go(ISSUE + "/send?when=at&date=" + nextChange() + "&time=02:30&zone=Europe/Berlin");
		this.look.at("plan-clocks-change", false);
		int before = RELAY.recipients().size();
		go(ISSUE + "/send?when=now");
		press("Send to 4 readers now");
		await("You can still undo it");
		await("in 40 s");
		this.look.at("plan-undo", false);
		this.jdbc.sql("UPDATE send SET due_at = created_at").update();
		this.jdbc.sql("UPDATE scheduled_tasks SET execution_time = '2026-01-01 00:00:00'").update();
		await("4 of 4 accepted.");
		this.look.at("plan-watched", false);
		assertThat(RELAY.recipients()).hasSize(before + 4);
		this.jdbc.sql("DELETE FROM delivery").update();
		this.jdbc.sql("UPDATE send SET rehearsal = 1").update();
		String watch = planned(inDays(2));
		go(watch + "/move");
		this.look.at("plan-move", false);
		this.jdbc
			.sql("UPDATE send SET status = 'HELD', needs_approval = 1, requested_by = 'bob' WHERE finished_at IS NULL")
			.update();
		go(watch + "/approval");
		this.look.at("plan-approval", false);
		go("/calendar?month=" + YearMonth.from(LocalDate.now(ZoneOffset.UTC).plusDays(2)));
		this.look.at("calendar", true);
	}

	private Page ask(String when, String more) {
		Page confirm = this.ann.get(ISSUE + "/send?when=" + when + more);
		return this.ann.follow(this.ann.post(ISSUE + "/sends", fields(confirm)));
	}

	/** Where a send at 09:00 of that day is watched. */
	private String planned(String date) {
		Page confirm = this.ann.get(ISSUE + "/send?when=at&time=09:00&zone=Asia/Shanghai&date=" + date);
		return this.ann.post(ISSUE + "/sends", fields(confirm)).location();
	}

	/** As the first button of a page sends them. */
	private static Map<String, String> fields(Page page) {
		Map<String, String> fields = new LinkedHashMap<>();
		page.html()
			.select("form[action$=/sends] input[type=hidden]")
			.forEach((input) -> fields.put(input.attr("name"), input.attr("value")));
		fields.put("due", page.html().select("button[name=due]").attr("value"));
		return fields;
	}

	private String seen(String watch) {
		return this.bob.get(watch + "/approval").html().select("input[name=seen]").attr("value");
	}

	private String meaning(String date, String time, String zone) {
		return this.ann
			.get(ISSUE + "/send/when?when=at&date=" + date + "&time=" + time + "&zone="
					+ URLEncoder.encode(zone, StandardCharsets.UTF_8))
			.html()
			.text();
	}

	private static String inDays(int days) {
		return LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
	}

	/** The next day on which the clocks of Berlin change. */
	private static LocalDate nextChange() {
		Instant now = Instant.now().plus(Duration.ofDays(1));
		return LocalDate.ofInstant(ZoneId.of("Europe/Berlin").getRules().nextTransition(now).getInstant(),
				ZoneOffset.UTC);
	}

	private Browser signedIn(String address) {
		Browser browser = new Browser(this.port);
		browser.signIn(address, PASSWORD);
		return browser;
	}

	private void go(String path) {
		this.look.driver().get("http://localhost:" + this.port + path);
	}

	private void type(String field, String value) {
		this.look.driver().findElement(By.name(field)).clear();
		this.look.driver().findElement(By.name(field)).sendKeys(value);
	}

	private void press(String button) {
		this.look.driver().findElement(By.xpath("//main//button[contains(., '" + button + "')]")).click();
	}

	private void await(String words) {
		new WebDriverWait(this.look.driver(), Duration.ofSeconds(30)).ignoring(WebDriverException.class)
			.until((browser) -> browser.findElement(By.tagName("main")).getText().contains(words));
	}

}
