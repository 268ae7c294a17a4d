package dev.herald.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;

import dev.herald.testing.TestDatabase;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The link as people use it, in a browser without JavaScript. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class UnsubscribePageTests extends UnsubscribeTest {

	UnsubscribePageTests(TestDatabase database) {
		super(database);
	}

	private static String title(HttpResponse<String> page) {
		return Jsoup.parse(page.body()).getElementsByTag("h1").text();
	}

	private static List<String> buttons(HttpResponse<String> page) {
		return Jsoup.parse(page.body()).getElementsByTag("button").eachText();
	}

	private HttpResponse<String> press(int issue, String button) throws Exception {
		return send("POST", link(issue), FORM, "button=" + button);
	}

	private HttpResponse<String> undo(int issue, String token) throws Exception {
		return send("POST", link(issue), FORM, "undo=" + token);
	}

	private static String undoToken(HttpResponse<String> page) {
		return Jsoup.parse(page.body()).select("button[name=undo]").attr("value");
	}

	private String pausedUntil() {
		return this.database.jdbc()
			.sql("SELECT paused_until FROM subscription WHERE newsletter_id = 1 AND subscriber_id = 3")
			.query((row, number) -> String.valueOf(row.getString(1)))
			.single();
	}

	private static LocalDate inUtc(Period period) {
		return LocalDate.now(ZoneOffset.UTC).plus(period);
	}

	@Test
	void followingTheLinkShowsWhomAndWhatCanBeChosenAndChangesNothing() throws Exception {
		HttpResponse<String> page = send("GET", link(7), FORM, "");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body())
			.contains("<h1>Unsubscribe?</h1>", "Tea &amp; &lt;Weekly&gt;", "B…@example.net",
					"<html lang=\"en\" dir=\"ltr\">", "any newsletter from localhost")
			.doesNotContain("ernadette", "<script", "style=", "周报");
		assertThat(buttons(page)).hasSize(5)
			.startsWith("Unsubscribe")
			.endsWith("Unsubscribe from all")
			.anyMatch((words) -> words.matches("Pause for 2 weeks, until [A-Z][a-z]+ \\d+, 20\\d\\d"));
		assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
		assertThat(page.headers().firstValue("X-Robots-Tag").orElse("")).contains("noindex");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
			.contains("default-src 'none'; style-src 'self'");
		assertThat(state(1)).isEqualTo("ACTIVE");
		assertThat(this.received).isEmpty();
	}

	@Test
	void theButtonEndsTheSubscriptionAndSaysSo() throws Exception {
		HttpResponse<String> page = press(8, "unsubscribe");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(title(page)).isEqualTo("You are unsubscribed");
		assertThat(buttons(page)).containsExactly("Undo", "Unsubscribe from all");
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED UNSUBSCRIBE_PAGE 8");
		HttpResponse<String> again = send("GET", link(7), FORM, "");
		assertThat(title(again)).isEqualTo("You are unsubscribed");
		assertThat(buttons(again)).containsExactly("Unsubscribe from all");
	}

	@Test
	void whoLeavesAllIsInNoNewsletterAnyMore() throws Exception {
		HttpResponse<String> page = press(7, "unsubscribe-all");
		assertThat(title(page)).isEqualTo("You are unsubscribed from all newsletters");
		assertThat(buttons(page)).containsExactly("Undo");
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED UNSUBSCRIBE_PAGE 7",
				"2 UNSUBSCRIBED UNSUBSCRIBE_PAGE 7");
		assertThat(buttons(send("GET", link(9), FORM, ""))).isEmpty();
	}

	@Test
	void aPauseSaysUntilWhenAndCanBeMovedAndEnded() throws Exception {
		assertThat(title(press(7, "pause-2-weeks"))).startsWith("Paused until ");
		assertThat(pausedUntil()).startsWith(inUtc(Period.ofWeeks(2)) + " 00:00:00");
		HttpResponse<String> page = send("GET", link(8), FORM, "");
		assertThat(title(page)).startsWith("Paused until ");
		assertThat(buttons(page)).hasSize(6).startsWith("End the pause now", "Unsubscribe");
		press(7, "pause-1-month");
		assertThat(pausedUntil()).startsWith(inUtc(Period.ofMonths(1)) + " 00:00:00");
		press(7, "pause-3-months");
		assertThat(pausedUntil()).startsWith(inUtc(Period.ofMonths(3)) + " 00:00:00");
		assertThat(title(press(7, "resume"))).isEqualTo("The pause is over");
		assertThat(pausedUntil()).isEqualTo("null");
		assertThat(consents()).hasSize(4).containsOnly("1 ACTIVE UNSUBSCRIBE_PAGE 7");
	}

	@Test
	void aPauseEndsByItself() throws Exception {
		press(7, "pause-2-weeks");
		Watch.ahead = Duration.ofDays(14);
		assertThat(title(send("GET", link(7), FORM, ""))).isEqualTo("Unsubscribe?");
	}

	@Test
	void undoRestoresWhatWasAndSaysSo() throws Exception {
		press(7, "pause-1-month");
		String paused = pausedUntil();
		HttpResponse<String> page = undo(7, undoToken(press(7, "unsubscribe-all")));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(title(page)).isEqualTo("Undone");
		assertThat(page.body()).contains("Your subscription is paused until ");
		assertThat(state(1)).isEqualTo("ACTIVE");
		assertThat(state(2)).isEqualTo("ACTIVE");
		assertThat(pausedUntil()).isEqualTo(paused);
		assertThat(consents()).endsWith("1 ACTIVE UNDO 7", "2 ACTIVE UNDO 7");
	}

	@Test
	void aButtonPressedTwiceAtOnceStillOffersUndo() throws Exception {
		String first = undoToken(press(7, "unsubscribe"));
		assertThat(undoToken(press(7, "unsubscribe"))).isEqualTo(first).hasSize(40);
		assertThat(consents()).hasSize(1);
	}

	@Test
	void aReplayedUndoSaysSoAndChangesNothing() throws Exception {
		String token = undoToken(press(7, "unsubscribe"));
		undo(7, token);
		HttpResponse<String> replayed = undo(7, token);
		assertThat(replayed.statusCode()).isEqualTo(409);
		assertThat(title(replayed)).isEqualTo("Nothing left to undo");
		assertThat(replayed.body()).contains("You are subscribed to this newsletter.");
		press(7, "unsubscribe");
		assertThat(undo(7, token).statusCode()).isEqualTo(409);
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
	}

	@Test
	void aLateUndoSaysSoAndChangesNothing() throws Exception {
		String token = undoToken(press(7, "unsubscribe"));
		Watch.ahead = Duration.ofHours(24).plusMinutes(1);
		HttpResponse<String> late = undo(7, token);
		assertThat(late.statusCode()).isEqualTo(410);
		assertThat(title(late)).isEqualTo("Too late to undo");
		assertThat(late.body()).contains("You are not subscribed to this newsletter.");
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
		assertThat(undoToken(press(7, "unsubscribe"))).isEmpty();
	}

	@Test
	void aForgedUndoSaysSoAndChangesNothing() throws Exception {
		String token = undoToken(press(7, "unsubscribe"));
		String link = link(7).getPath().substring(3);
		for (String forged : List.of("", "x", link, token.substring(0, 39) + (token.endsWith("a") ? "b" : "a"))) {
			HttpResponse<String> page = undo(7, forged);
			assertThat(page.statusCode()).isEqualTo(404);
			assertThat(title(page)).isEqualTo("This can’t be undone");
		}
		assertThat(send("GET", here("/u/" + token), FORM, "").statusCode()).isEqualTo(404);
		assertThat(send("POST", here("/u/" + token), FORM, "undo=" + token).statusCode()).isEqualTo(404);
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
		assertThat(consents()).hasSize(1);
	}

	@Test
	void aButtonThatIsNotOnThePageChangesNothing() throws Exception {
		assertThat(title(press(7, "pause-100-years"))).isEqualTo("Unsubscribe?");
		assertThat(consents()).isEmpty();
	}

	@Test
	void theWordsAreInTheNewslettersLanguage() throws Exception {
		HttpResponse<String> page = send("GET", link(9), FORM, "");
		assertThat(page.body()).contains("<html lang=\"zh\" dir=\"ltr\">", "周报");
		assertThat(title(page)).isEqualTo("确认退订？");
		assertThat(buttons(page)).startsWith("退订")
			.endsWith("退订所有通讯")
			.anyMatch((words) -> words.matches("暂停 2 周，至 20\\d\\d年\\d+月\\d+日"));
		assertThat(title(press(9, "unsubscribe"))).isEqualTo("您已退订");
		assertThat(state(2)).isEqualTo("UNSUBSCRIBED");
		assertThat(state(1)).isEqualTo("ACTIVE");
	}

	@Test
	void theNewslettersNameMayRunFromRightToLeft() throws Exception {
		this.database.jdbc().sql("UPDATE newsletter SET name = 'עלון שבועי', language = 'he' WHERE id = 1").update();
		Document page = Jsoup.parse(send("GET", link(7), FORM, "").body());
		assertThat(page.select("html").attr("lang")).isEqualTo("en");
		assertThat(page.select("p[dir=auto]").text()).isEqualTo("עלון שבועי");
		assertThat(page.select("bdi").text()).isEqualTo("B…@example.net");
	}

	@Test
	void thePageBringsItsOwnStyles() throws Exception {
		assertThat(send("GET", here("/unsubscribe.css"), FORM, "").statusCode()).isEqualTo(200);
	}

	@Test
	void theLinkOfATestSaysSoAndChangesNothing() throws Exception {
		HttpResponse<String> page = send("GET", here("/u/SAMPLE"), FORM, "");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(title(page)).isEqualTo("This was a test");
		assertThat(buttons(page)).isEmpty();
		HttpResponse<String> oneClick = send("POST", here("/u/SAMPLE"), FORM, "List-Unsubscribe=One-Click");
		assertThat(oneClick.statusCode()).isEqualTo(200);
		assertThat(oneClick.body()).isEqualTo("a test: nothing was changed\n");
		assertThat(title(send("POST", here("/u/SAMPLE"), FORM, "button=unsubscribe-all"))).isEqualTo("This was a test");
		assertThat(consents()).isEmpty();
		assertThat(this.received).isEmpty();
	}

}
