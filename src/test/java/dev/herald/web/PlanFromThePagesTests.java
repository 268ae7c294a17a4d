package dev.herald.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

import dev.herald.web.Browser.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends are planned, undone, moved and watched through the pages, without JavaScript and
 * in a browser.
 */
@WebTest
class PlanFromThePagesTests extends PlanTest {

	@RegisterExtension
	final PageLook look = new PageLook();

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
		// No more than its own: another may be one that begins just now.
		this.jdbc.sql("UPDATE send SET rehearsal = 1 WHERE id = ?").param(watched()).update();
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

	/** The send whose page the browser shows. */
	private int watched() {
		return Integer.parseInt(this.look.driver().getCurrentUrl().replaceFirst(".*/sends/(\\d+).*", "$1"));
	}

	private String meaning(String date, String time, String zone) {
		return this.ann
			.get(ISSUE + "/send/when?when=at&date=" + date + "&time=" + time + "&zone="
					+ URLEncoder.encode(zone, StandardCharsets.UTF_8))
			.html()
			.text();
	}

	/** The next day on which the clocks of Berlin change. */
	private static LocalDate nextChange() {
		Instant now = Instant.now().plus(Duration.ofDays(1));
		return LocalDate.ofInstant(ZoneId.of("Europe/Berlin").getRules().nextTransition(now).getInstant(),
				ZoneOffset.UTC);
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
