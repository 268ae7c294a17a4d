package dev.herald.web;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.herald.testing.TestDatabase;
import dev.herald.tracking.RequestTokens;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The preferences link and the links of the mails behind it, without JavaScript. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class PreferencesTests extends UnsubscribeTest {

	private static final List<String> TABLES = List.of("subscriber", "subscription", "consent", "reader_request",
			"suppression", "suppression_change", "scheduled_tasks", "audit_entry");

	PreferencesTests(TestDatabase database) {
		super(database);
	}

	private URI page(int issue) {
		return here(link(issue).getPath() + "/preferences");
	}

	private URI request(long id) {
		return here("/u/" + bean(RequestTokens.class).write(id) + "/request");
	}

	private HttpResponse<String> press(int issue, String... fields) throws Exception {
		return send("POST", page(issue), FORM, form(fields));
	}

	private static String form(String... fields) {
		return Stream.of(fields)
			.map((field) -> field.substring(0, field.indexOf('=') + 1)
					+ URLEncoder.encode(field.substring(field.indexOf('=') + 1), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	private static String title(HttpResponse<String> page) {
		return Jsoup.parse(page.body()).getElementsByTag("h1").text();
	}

	private static String said(HttpResponse<String> page) {
		return Jsoup.parse(page.body()).select(".notice").text();
	}

	private String one(String sql) {
		return this.database.jdbc().sql(sql).query((row, number) -> String.valueOf(row.getString(1))).single();
	}

	private long lastRequest() {
		return this.database.jdbc().sql("SELECT MAX(id) FROM reader_request").query(Long.class).single();
	}

	private Map<String, List<Map<String, Object>>> everything() {
		Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
		for (String table : TABLES) {
			rows.put(table, this.database.jdbc().sql("SELECT * FROM " + table).query().listOfRows());
		}
		return rows;
	}

	@Test
	void thePageShowsWhatThereIsAndKeepsToItself() throws Exception {
		this.database.jdbc()
			.sql("INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, archived, created_at) VALUES (3, 'staff', 'Staff only', '', 'a@example.org', 'en', 0, '2026-01-01 00:00:00')")
			.update();
		HttpResponse<String> shown = send("GET", page(7), FORM, "");
		Document page = Jsoup.parse(shown.body());
		assertThat(shown.statusCode()).isEqualTo(200);
		assertThat(page.select("input[name=newsletter]").eachAttr("value")).containsExactly("weekly", "zhoubao");
		assertThat(page.select("input[checked]").eachAttr("value")).containsExactly("weekly", "zhoubao");
		assertThat(page.text()).contains("Tea & <Weekly>", "周报", "B…@example.net").doesNotContain("ernadette");
		assertThat(page.select("select[name=language] option").eachText()).containsExactly("As the newsletter",
				"English", "中文");
		assertThat(page.select("select[name=zone] option").eachText()).contains("Europe/Berlin", "UTC");
		assertThat(page.select("button").eachAttr("value")).containsExactly("save", "move", "export", "erase");
		assertThat(shown.body()).doesNotContain("<script", "style=");
		assertThat(shown.headers().allValues("Set-Cookie")).isEmpty();
		assertThat(shown.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(shown.headers().firstValue("Referrer-Policy")).contains("no-referrer");
		assertThat(shown.headers().firstValue("X-Robots-Tag").orElse("")).contains("noindex");
		assertThat(Jsoup.parse(send("GET", link(7), FORM, "").body()).select("a").eachText())
			.containsExactly("All preferences");
	}

	@Test
	void whateverScannersAskForChangesNothing() throws Exception {
		press(7, "do=move", "address=new@example.com");
		long move = lastRequest();
		press(7, "do=erase");
		long erase = lastRequest();
		Map<String, List<Map<String, Object>>> before = everything();
		for (int i = 0; i < 20; i++) {
			for (URI uri : List.of(page(7), page(9), request(move), request(erase),
					URI.create(page(7) + "?do=save&name=x"), URI.create(request(erase) + "?do=erase"))) {
				for (String method : List.of("GET", "HEAD", "OPTIONS")) {
					send(method, uri, FORM, "");
				}
			}
		}
		assertThat(everything()).isEqualTo(before);
		assertThat(this.received).isEmpty();
	}

	@Test
	void whatWasChosenIsKeptWithItsConsents() throws Exception {
		LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(40);
		HttpResponse<String> page = press(7, "do=save", "newsletter=zhoubao", "name= Bernadette\tB. ", "language=zh",
				"zone=Asia/Shanghai", "pause=" + day);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("<html lang=\"zh\"");
		assertThat(said(page)).isEqualTo("已保存。");
		assertThat(one("SELECT CONCAT(name, '|', language, '|', zone) FROM subscriber WHERE id = 3"))
			.isEqualTo("Bernadette B.|zh|Asia/Shanghai");
		assertThat(state(1)).isEqualTo("UNSUBSCRIBED");
		assertThat(consents()).containsExactly("1 UNSUBSCRIBED PREFERENCES 7", "2 ACTIVE PREFERENCES 7");
		assertThat(one("SELECT paused_until FROM subscription WHERE newsletter_id = 2"))
			.startsWith(day.minusDays(1) + " 16:00:00");
		assertThat(this.received).hasSize(1);
		assertThat(Jsoup.parse(page.body()).select("input[name=pause]").attr("value")).isEqualTo(day.toString());
		assertThat(send("GET", link(7), FORM, "").body()).contains("<html lang=\"zh\"");
		// Again, and nothing is new.
		press(7, "do=save", "newsletter=zhoubao", "name=Bernadette B.", "language=zh", "zone=Asia/Shanghai",
				"pause=" + day);
		assertThat(consents()).hasSize(2);
		HttpResponse<String> back = press(7, "do=save", "newsletter=zhoubao", "newsletter=weekly", "name=", "zone=");
		assertThat(said(back)).isEqualTo("Saved.");
		assertThat(consents()).hasSize(4).endsWith("1 ACTIVE PREFERENCES 7", "2 ACTIVE PREFERENCES 7");
		assertThat(one("SELECT paused_until FROM subscription WHERE newsletter_id = 2")).isEqualTo("null");
		assertThat(one("SELECT SUM(joined) * 10 + SUM(departed) FROM subscription_day")).isEqualTo("11");
	}

	private Map<String, String> trackingBoxes(HttpResponse<String> page) {
		Map<String, String> boxes = new TreeMap<>();
		for (Element box : Jsoup.parse(page.body()).select("input[name=tracked]")) {
			boxes.put(box.val(), box.hasAttr("checked") ? "ticked" : "empty");
		}
		return boxes;
	}

	private List<String> trackingConsents() {
		return this.database.jdbc()
			.sql("""
					SELECT CONCAT(newsletter_id, ' ', COALESCE(was_state, '-'), ' ', state, ' ', COALESCE(CAST(tracked AS CHAR), '-'),
					              ' ', source, ' ', issue_id)
					FROM consent ORDER BY id
					""")
			.query(String.class)
			.list();
	}

	@Test
	void trackingIsAllowedAndRefusedBesideTheNewslettersThatAsk() throws Exception {
		this.database.jdbc()
			.sql("UPDATE newsletter SET tracking = CASE WHEN id = 1 THEN 'PERSONS' ELSE 'TOTALS' END")
			.update();
		HttpResponse<String> shown = send("GET", page(7), FORM, "");
		assertThat(trackingBoxes(shown)).containsExactly(Map.entry("weekly", "empty"));
		assertThat(Jsoup.parse(shown.body()).select(".choice.within").text())
			.isEqualTo("The editors of Tea & <Weekly> may see whether I open its mails, and which links I follow");
		for (String method : List.of("GET", "HEAD")) {
			send(method, URI.create(page(7) + "?do=save&newsletter=weekly&tracked=weekly"), FORM, "");
		}
		assertThat(trackingConsents()).isEmpty();

		HttpResponse<String> allowed = press(7, "do=save", "newsletter=weekly", "newsletter=zhoubao", "tracked=weekly",
				"tracked=zhoubao", "tracked=nobody");
		assertThat(trackingBoxes(allowed)).containsExactly(Map.entry("weekly", "ticked"));
		assertThat(trackingConsents()).containsExactly("1 ACTIVE ACTIVE 1 TRACKING_CHOICE 7");
		assertThat(one("SELECT tracked FROM subscription WHERE newsletter_id = 2")).isEqualTo("0");
		press(7, "do=save", "newsletter=weekly", "newsletter=zhoubao", "tracked=weekly");
		assertThat(trackingConsents()).as("again, and nothing is new").hasSize(1);

		HttpResponse<String> wrong = press(7, "do=save", "newsletter=weekly", "newsletter=zhoubao", "zone=Mars");
		assertThat(wrong.statusCode()).isEqualTo(400);
		assertThat(trackingBoxes(wrong)).as("as it was sent").containsExactly(Map.entry("weekly", "empty"));
		assertThat(trackingConsents()).hasSize(1);

		press(7, "do=save", "newsletter=weekly", "newsletter=zhoubao");
		assertThat(trackingConsents()).containsExactly("1 ACTIVE ACTIVE 1 TRACKING_CHOICE 7",
				"1 ACTIVE ACTIVE 0 TRACKING_CHOICE 7");
		press(7, "do=save", "newsletter=zhoubao", "tracked=weekly");
		assertThat(trackingConsents()).as("who leaves allows nothing")
			.hasSize(3)
			.endsWith("1 ACTIVE UNSUBSCRIBED - PREFERENCES 7");
		assertThat(trackingBoxes(send("GET", page(7), FORM, ""))).isEmpty();
	}

	@Test
	void whatWasAllowedStaysWhereTheNewsletterNoLongerAsks() throws Exception {
		for (String mode : List.of("NONE", "TOTALS")) {
			this.database.jdbc().sql("UPDATE newsletter SET tracking = ?").param(mode).update();
			this.database.jdbc().sql("UPDATE subscription SET tracked = 1 WHERE newsletter_id = 1").update();
			assertThat(trackingBoxes(send("GET", page(7), FORM, ""))).isEmpty();
			press(7, "do=save", "newsletter=weekly", "newsletter=zhoubao", "tracked=zhoubao");
			assertThat(trackingConsents()).isEmpty();
			assertThat(one("SELECT SUM(tracked) FROM subscription")).isEqualTo("1");
		}
	}

	@Test
	void aNewsletterOfWhichHeKnewNothingStartsWithAPauseLikeTheOthers() throws Exception {
		this.database.jdbc().sql("DELETE FROM subscription WHERE newsletter_id = 2").update();
		LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(3);
		press(7, "do=save", "newsletter=weekly", "pause=" + day);
		press(7, "do=save", "newsletter=weekly", "newsletter=zhoubao", "newsletter=staff", "pause=" + day);
		assertThat(state(2)).isEqualTo("ACTIVE");
		assertThat(one("SELECT paused_until FROM subscription WHERE newsletter_id = 2")).startsWith(day + " 00:00:00");
		assertThat(one(
				"SELECT COALESCE(MIN(was_state), 'none') FROM consent WHERE newsletter_id = 2 AND paused_until IS NULL"))
			.isEqualTo("none");
	}

	@Test
	void whatCantBeIsSaidBesideItsFieldAndNothingIsSaved() throws Exception {
		HttpResponse<String> page = press(7, "do=save", "name=" + "n".repeat(201), "language=tlh", "zone=Mars/Olympus",
				"pause=2020-02-30");
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(Jsoup.parse(page.body()).select(".error").eachText()).hasSize(4)
			.anyMatch((said) -> said.startsWith("Choose a day from 20"));
		for (String day : List.of("pause=" + LocalDate.now(ZoneOffset.UTC), "pause=9999-12-31", "pause=-1")) {
			assertThat(press(7, "do=save", "newsletter=weekly", "newsletter=zhoubao", day).statusCode()).isEqualTo(400);
		}
		assertThat(consents()).isEmpty();
		assertThat(press(7, "do=move", "address=no\"body").statusCode()).isEqualTo(400);
		assertThat(press(7, "do=nothing").statusCode()).isEqualTo(200);
		assertThat(send("POST", page(7), "multipart/form-data", "x").statusCode()).isIn(200, 400, 415);
		assertThat(one("SELECT COUNT(*) FROM reader_request")).isEqualTo("0");
		assertThat(state(1)).isEqualTo("ACTIVE");
	}

	@Test
	void anAddressIsAnothersOnlyWhenThatHasConfirmedAndTheOldOneCanTakeItBack() throws Exception {
		assertThat(said(press(7, "do=move", "address=New@Example.com"))).startsWith("If mail can go to that address");
		URI link = request(lastRequest());
		HttpResponse<String> ask = send("GET", link, FORM, "");
		assertThat(title(ask)).isEqualTo("Use this address?");
		assertThat(ask.body()).contains("N…@example.com").doesNotContain("ew@");
		assertThat(one("SELECT address FROM subscriber WHERE id = 3")).isEqualTo("Bernadette@example.net");
		assertThat(title(send("POST", link, FORM, ""))).isEqualTo("This is your address now");
		assertThat(one("SELECT CONCAT(address, ' ', match_key) FROM subscriber WHERE id = 3"))
			.isEqualTo("New@example.com new@example.com");
		assertThat(send("POST", link, FORM, "").statusCode()).isEqualTo(410);
		assertThat(one("SELECT CONCAT(kind, ' ', address) FROM reader_request WHERE id = " + lastRequest()))
			.isEqualTo("MOVED Bernadette@example.net");
		URI back = request(lastRequest());
		assertThat(title(send("GET", back, FORM, ""))).isEqualTo("Back to this address?");
		assertThat(title(send("POST", back, FORM, ""))).isEqualTo("Taken back");
		assertThat(one("SELECT address FROM subscriber WHERE id = 3")).isEqualTo("Bernadette@example.net");
		assertThat(one("SELECT COUNT(*) FROM notice WHERE kind = 'reader-request'")).isEqualTo("2");
		assertThat(state(1)).isEqualTo("ACTIVE");
	}

	@Test
	void theAnswerIsTheSameForEveryNewAddressAndNobodyIsBombed() throws Exception {
		this.database.jdbc()
			.sql("INSERT INTO subscriber (id, address, match_key, created_at) VALUES (4, 'known@example.com', 'known@example.com', '2026-01-01 00:00:00')")
			.update();
		this.database.jdbc()
			.sql("INSERT INTO suppression (match_key, reason, evidence, since) VALUES ('dead@example.com', 'HARD_BOUNCE', '', '2026-01-01 00:00:00')")
			.update();
		String answer = press(7, "do=move", "address=fresh@example.com").body();
		assertThat(press(7, "do=move", "address=known@example.com").body()).isEqualTo(answer);
		long known = lastRequest();
		assertThat(press(7, "do=move", "address=dead@example.com").body()).isEqualTo(answer);
		assertThat(press(7, "do=move", "address=fresh@example.com").body()).isEqualTo(answer);
		assertThat(press(7, "do=move", "address=fresh@example.com").body()).isEqualTo(answer);
		assertThat(one("SELECT COUNT(*) FROM reader_request WHERE match_key = 'fresh@example.com'")).isEqualTo("2");
		assertThat(one("SELECT COUNT(*) FROM reader_request WHERE match_key = 'dead@example.com'")).isEqualTo("0");
		HttpResponse<String> taken = send("POST", request(known), FORM, "");
		assertThat(taken.statusCode()).isEqualTo(409);
		assertThat(title(taken)).isEqualTo("This address is known already");
		assertThat(one("SELECT address FROM subscriber WHERE id = 3")).isEqualTo("Bernadette@example.net");
		for (int i = 0; i < 10; i++) {
			press(7, "do=move", "address=victim" + i + "@example.com");
		}
		assertThat(one("SELECT COUNT(*) FROM reader_request")).isEqualTo("5");
		assertThat(press(9, "do=export").statusCode()).isEqualTo(429);
		Watch.ahead = Duration.ofHours(25);
		assertThat(press(9, "do=export").statusCode()).isEqualTo(200);
	}

	@Test
	void aCopyOfAllIsGivenToTheAddressThatIsOnRecordAlone() throws Exception {
		assertThat(said(press(7, "do=export"))).contains("on its way to your address");
		URI link = request(lastRequest());
		assertThat(title(send("GET", link, FORM, ""))).isEqualTo("Your data");
		HttpResponse<String> copy = send("POST", link, FORM, "");
		assertThat(copy.headers().firstValue("Content-Disposition").orElse("")).contains("attachment", "my-data.json");
		assertThat(copy.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(copy.body()).contains("Bernadette@example.net", "\"newsletter\" : \"zhoubao\"", "\"EXPORT\"");
		this.database.jdbc()
			.sql("UPDATE subscriber SET address = 'o@example.com', match_key = 'o@example.com' WHERE id = 3")
			.update();
		assertThat(send("POST", link, FORM, "").statusCode()).isEqualTo(410);
		this.database.jdbc()
			.sql("UPDATE subscriber SET address = 'Bernadette@example.net', match_key = 'bernadette@example.net' WHERE id = 3")
			.update();
		Watch.ahead = Duration.ofHours(25);
		assertThat(send("POST", link, FORM, "").statusCode()).isEqualTo(410);
		this.database.jdbc()
			.sql("INSERT INTO suppression (match_key, reason, evidence, since) VALUES ('bernadette@example.net', 'COMPLAINT', '', '2026-01-01 00:00:00')")
			.update();
		HttpResponse<String> refused = press(7, "do=export");
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(said(refused)).contains("No mail goes to this address");
	}

	@Test
	void whoAskedToBeErasedIsNobodyAfterTwoButtons() throws Exception {
		press(9, "do=erase");
		URI link = request(lastRequest());
		HttpResponse<String> ask = this.http.send(HttpRequest.newBuilder(link).header("Accept-Language", "en").build(),
				BodyHandlers.ofString());
		assertThat(title(ask)).isEqualTo("删除所保存的关于您的全部数据？");
		HttpResponse<String> done = send("POST", link, FORM, "");
		assertThat(title(done)).isEqualTo("您的数据已删除");
		assertThat(one("SELECT CONCAT(address, '|', name, '|', zone) FROM subscriber WHERE id = 3"))
			.isEqualTo("erased-3@erased.invalid||");
		assertThat(one("SELECT COUNT(*) FROM subscription")).isEqualTo("0");
		assertThat(one(
				"SELECT CONCAT(who_kind, '|', who, '|', action, '|', subject) FROM audit_entry ORDER BY id DESC LIMIT 1"))
			.isEqualTo("HERALD||person.erased|erased-3@erased.invalid");
		assertThat(send("POST", link, FORM, "").statusCode()).isEqualTo(404);
		assertThat(send("GET", page(7), FORM, "").statusCode()).isEqualTo(404);
		assertThat(press(7, "do=save", "newsletter=weekly").statusCode()).isEqualTo(404);
		assertThat(this.database.jdbc().sql("SELECT COUNT(*) FROM subscription").query(Integer.class).single())
			.isZero();
	}

	@Test
	void linksThatAreNotOursAndThoseOfTestsSaySo() throws Exception {
		for (String path : List.of("/u/x/preferences", "/u/" + "a".repeat(40) + "/preferences", "/u/x/request",
				link(7).getPath() + "/request")) {
			for (String method : List.of("GET", "POST")) {
				HttpResponse<String> page = send(method, here(path), FORM, "POST".equals(method) ? "do=erase" : "");
				assertThat(page.statusCode()).as(method + path).isEqualTo(404);
				assertThat(title(page)).isEqualTo("This link does not work");
			}
		}
		assertThat(title(send("POST", here("/u/SAMPLE/preferences"), FORM, "do=erase"))).isEqualTo("This was a test");
		assertThat(this.http
			.send(HttpRequest.newBuilder(here("/u/SAMPLE/preferences"))
				.header("Accept-Language", "fr,zh-CN;q=0.5")
				.POST(BodyPublishers.noBody())
				.build(), BodyHandlers.ofString())
			.body()).contains("这是一封测试邮件");
		assertThat(one("SELECT COUNT(*) FROM reader_request")).isEqualTo("0");
	}

}
