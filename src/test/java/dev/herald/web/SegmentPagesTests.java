package dev.herald.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

import dev.herald.segment.Segment;
import dev.herald.segment.TreeJson;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** An editor makes segments on the pages, without JavaScript and with it. */
@WebTest
class SegmentPagesTests extends SegmentPagesTest {

	@RegisterExtension
	final PageLook look = new PageLook();

	@Test
	void aSegmentIsMadeCountedAndChangedAndTheFormOfASendLeadsToIt() {
		assertThat(this.editor.get("/newsletters/empty/segments").words()).contains("There are no segments yet.");
		this.editor.get("/newsletters/weekly/new-segment");
		Map<String, String> berlin = form("name", "In Berlin", "match", "all", "test.0", "ATTRIBUTE_IS", "name.0",
				"city", "value.0", "BERLIN");
		Page counted = this.editor.post("/newsletters/weekly/new-segment", with(berlin, "act", "count"));
		assertThat(counted.words()).contains("2 active subscriptions are in it now.");
		assertThat(this.segments.find(newsletter(), "in-berlin")).isEmpty();
		Page saved = this.editor.post("/newsletters/weekly/new-segment", with(berlin, "act", "save"));
		assertThat(saved.location()).isEqualTo("/newsletters/weekly/segments/in-berlin");
		Page page = this.editor.follow(saved);
		assertThat(page.words()).contains("The segment “In Berlin” is saved.", "2 active subscriptions are in it now.");
		assertThat(chosen(page, "test.0")).isEqualTo("ATTRIBUTE_IS");
		assertThat(value(page, "name.0")).isEqualTo("city");
		assertThat(value(page, "value.0")).isEqualTo("BERLIN");
		assertThat(page.html().select("#attributes option").eachAttr("value")).contains("age", "city");
		this.editor.post("/newsletters/weekly/segments/in-berlin",
				form("name", "Old in Berlin", "seen", value(page, "seen"), "match", "all", "test.0", "ATTRIBUTE_IS",
						"name.0", "city", "value.0", "Berlin", "test.1", "ATTRIBUTE_AT_LEAST", "name.1", "age",
						"value.1", "40"));
		assertThat(TreeJson.write(this.segments.require(newsletter(), "in-berlin").tree())).isEqualTo("""
				{"version":1,"all":[{"field":"attribute","name":"city","test":"is","value":"Berlin"},\
				{"field":"attribute","name":"age","test":"at-least","value":40}]}""");
		Page list = this.editor.get("/newsletters/weekly/segments");
		assertThat(list.html().select("tr:contains(Old in Berlin)").text())
			.isEqualTo("Old in Berlin city is “Berlin” and age is at least 40 1 active subscriptions");
		assertThat(this.editor.get("/newsletters/weekly/subscribers").html().select("main a").eachAttr("href"))
			.contains("/newsletters/weekly/segments");
	}

	@Test
	void anAdminTakesOutWhomASegmentHoldsOf() {
		this.segments.create(newsletter(), "out", "In Paris", TreeJson.read("""
				{"all":[{"field":"attribute","name":"city","test":"is","value":"Paris"}]}"""));
		Browser admin = new Browser(this.port);
		admin.signIn("ada@example.org", PASSWORD);
		String path = "/newsletters/weekly/subscribers";
		assertThat(admin.get(path).html().select("select[name=segment] option[value=out]").text())
			.isEqualTo("In Paris");
		assertThat(this.editor.get(path).html().select("select[name=segment]")).isEmpty();
		Page export = admin.get(path + "/export?segment=out&format=csv");
		assertThat(export.header("Content-Disposition")).isEqualTo("attachment; filename=\"weekly-out.csv\"");
		assertThat(export.body().lines().skip(1)).singleElement(InstanceOfAssertFactories.STRING)
			.startsWith("c@example.org,Cyd,ACTIVE,");
		assertThat(admin.get(path + "/export?segment=out&format=jsonl").body())
			.startsWith("{\"email\":\"c@example.org\"");
		assertThat(admin.get(path + "/export?segment=none-such").words()).contains("no segment", "none-such");
		this.segments.delete(newsletter(), "out");
	}

	@Test
	void whatIsWrongIsToldBesideEachFieldAndNothingIsKept() {
		this.editor.get("/newsletters/weekly/new-segment");
		Page refused = this.editor.post("/newsletters/weekly/new-segment",
				form("name", " ", "match", "some", "test.0", "SUBSCRIBED_WITHIN", "value.0", "1.5", "test.1",
						"SUBSCRIBED_FROM", "value.1", "2026-02-30", "test.2", "ATTRIBUTE_LESS_THAN", "name.2", "",
						"value.2", "3,5", "test.3", "", "value.3", "x", "test.4", "PROVIDER_IS", "value.4", " , "));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.html().select("[aria-invalid]").eachAttr("name")).containsExactly("name", "value.0",
				"value.1", "name.2", "value.2", "test.3", "value.4");
		assertThat(refused.words()).contains("Write a whole number of days, 1 to 36500.",
				"Write a day, such as 2026-11-24.", "Choose what is asked.", "Write 1 to 50 names");
		assertThat(value(refused, "value.2")).isEqualTo("3,5");
		Page provider = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "At none", "test.0", "PROVIDER_IS", "value.0", "gmail, <b>nomail</b>"));
		assertThat(provider.words()).contains("There is no provider '<b>nomail</b>'. There are: ");
		Page issue = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Opened", "test.0", "ISSUE_OPENED", "value.0", "none-such"));
		assertThat(issue.html().select("[aria-invalid]").eachAttr("name")).containsExactly("value.0");
		assertThat(issue.words()).contains("The newsletter has no issue 'none-such'.",
				"This newsletter tracks no persons");
		assertThat(this.editor.post("/newsletters/weekly/new-segment", form("act", "guess")).status()).isEqualTo(400);
		assertThat(this.editor
			.post("/newsletters/weekly/new-segment",
					form("name", "x".repeat(201), "test.0", "LANGUAGE_IS", "value.0", "en"))
			.html()
			.select("[aria-invalid]")
			.eachAttr("name")).containsExactly("name");
		assertThat(this.segments.of(newsletter())).extracting("name").doesNotContain("At none", "Opened");
	}

	@Test
	void theCountFollowsWhatIsTypedAndSaysWhenItCannot() {
		this.editor.get("/newsletters/weekly/new-segment");
		Page part = this.editor.post("/newsletters/weekly/segment-count",
				form("match", "none", "test.0", "ATTRIBUTE_IS", "name.0", "city", "value.0", "Paris"));
		assertThat(part.html().text())
			.isEqualTo("2 active subscriptions are in it now. That is: none of this: city is “Paris”.");
		assertThat(this.editor.post("/newsletters/weekly/segment-count", form("test.0", "ATTRIBUTE_IS")).body())
			.contains("How many are in it is counted once every condition is filled in.");
		assertThat(this.editor.post("/newsletters/weekly/segment-count", form("json", "{\"all\":")).status())
			.isEqualTo(200);
	}

	@Test
	void whoSavesSecondIsToldWhatTheOtherSavedAndDecides() {
		String path = "/newsletters/weekly/segments/two";
		this.editor.get("/newsletters/weekly/new-segment");
		Map<String, String> english = form("name", "Two", "test.0", "LANGUAGE_IS", "value.0", "en");
		String seen = value(this.editor.follow(this.editor.post("/newsletters/weekly/new-segment", english)), "seen");
		this.editor.post(path, form("name", "Both", "seen", seen, "test.0", "LANGUAGE_IS", "value.0", "zh"));
		Map<String, String> mine = form("name", "Mine", "seen", seen, "test.0", "LANGUAGE_IS", "value.0", "fr");
		Page told = this.editor.post(path, mine);
		assertThat(told.status()).isEqualTo(409);
		assertThat(told.html().expectFirst("[role=alert]").text()).containsPattern(
				"Not saved, and nothing is lost: in between, ann@example.org saved this segment as “Both” at \\w{3} \\d+ .* (?:UTC|Asia/Shanghai)\\. Its conditions are now: language zh\\. What you typed is below");
		this.editor.post("/account/preferences", Map.of("language", "zh-CN", "zone", "Asia/Shanghai"));
		assertThat(this.editor.post(path, mine).html().expectFirst("[role=alert]").text())
			.containsPattern("在此期间，ann@example.org 于 .* Asia/Shanghai 将此分群保存为“Both”，条件现在是：");
		this.editor.post("/account/preferences", Map.of("language", "en", "zone", "UTC"));
		assertThat(value(told, "name")).isEqualTo("Mine");
		assertThat(value(told, "value.0")).isEqualTo("fr");
		assertThat(this.segments.require(newsletter(), "two").name()).isEqualTo("Both");
		assertThat(value(this.editor.post(path, with(mine, "act", "add")), "seen")).isEqualTo(seen);
		assertThat(this.editor.post(path, with(mine, "seen", "")).status()).isEqualTo(409);
		Page over = this.editor.post(path, with(mine, "seen", value(told, "seen")));
		assertThat(over.status()).isEqualTo(302);
		assertThat(this.editor.post(path, mine).status()).as("the same again").isEqualTo(302);
		assertThat(this.segments.require(newsletter(), "two").name()).isEqualTo("Mine");
	}

	@Test
	void whoSavesWhatIsDeletedMeanwhileCanMakeItAnew() {
		this.editor.get("/newsletters/weekly/new-segment");
		Map<String, String> typed = form("name", "Fading", "test.0", "LANGUAGE_IS", "value.0", "en");
		Page page = this.editor.follow(this.editor.post("/newsletters/weekly/new-segment", typed));
		typed.put("seen", value(page, "seen"));
		typed.put("value.0", "de");
		this.editor.follow(this.editor.post("/newsletters/weekly/segments/fading/delete", Map.of()));
		Page told = this.editor.post("/newsletters/weekly/segments/fading", typed);
		assertThat(told.status()).isEqualTo(409);
		assertThat(told.words())
			.containsPattern("in between, ann@example.org deleted this segment at .* (?:UTC|Asia/Shanghai)");
		assertThat(this.editor.post("/newsletters/weekly/segments/never", typed).words())
			.contains("Not saved, and nothing is lost: this segment is deleted. What you typed is below.");
		assertThat(value(told, "value.0")).isEqualTo("de");
		assertThat(told.html().expectFirst("#builder").attr("action")).isEqualTo("/newsletters/weekly/new-segment");
		typed.put("seen", value(told, "seen"));
		this.editor.post("/newsletters/weekly/new-segment", typed);
		assertThat(TreeJson.write(this.segments.require(newsletter(), "fading").tree())).contains("\"de\"");
	}

	@Test
	void anEditorSeesGroupsCountedAsTheyAreTypedInBothLanguages() throws IOException {
		this.editor.get("/newsletters/weekly/new-segment");
		this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Seen", "match", "all", "test.0", "ATTRIBUTE_IS", "name.0", "city", "value.0", "Berlin",
						"match.1", "any", "test.1.0", "LANGUAGE_IS", "value.1.0", "en", "match.1.1", "none",
						"test.1.1.0", "ATTRIBUTE_AT_LEAST", "name.1.1.0", "age", "value.1.1.0", "40"));
		open("/newsletters/weekly/segments/seen");
		this.look.at("segment-groups", true);
		field("value.1.0").clear();
		field("value.1.0").sendKeys("fr");
		await("#count", "1 active subscription is in it now.");
		press("add.1.1");
		await("main", "Condition 2.2.2");
		assertThat(this.look.driver().switchTo().activeElement().getAttribute("name")).isEqualTo("test.1.1.1");
		press("remove.1.1.1");
		Segment other = this.segments.require(newsletter(), "seen");
		this.segments.change(newsletter(), "seen", "Theirs", other.tree());
		press("save");
		await("main", "Not saved, and nothing is lost");
		this.look.at("segment-conflict", true);
		this.editor.get("/account");
		this.editor.post("/account/preferences", Map.of("language", "zh-CN"));
		open("/newsletters/weekly/segments/seen");
		await("main", "组 2.2");
		this.look.at("segment-groups-zh", false);
		this.editor.get("/account");
		this.editor.post("/account/preferences", Map.of("language", "en"));
	}

	private void open(String path) {
		this.look.driver().get("http://localhost:" + this.port + "/favicon.svg");
		this.look.driver().manage().addCookie(new Cookie("herald", this.editor.cookie("herald")));
		this.look.driver().get("http://localhost:" + this.port + path);
	}

	private WebElement field(String id) {
		return this.look.driver().findElement(By.id(id));
	}

	private void press(String act) {
		this.look.driver().findElement(By.cssSelector("button[value='" + act + "']")).click();
	}

	private void await(String part, String words) {
		new WebDriverWait(this.look.driver(), Duration.ofSeconds(60)).ignoring(WebDriverException.class)
			.until((browser) -> browser.findElement(By.cssSelector(part)).getText().contains(words));
	}

	@Test
	void aSegmentIsDeletedAndBroughtBackUntilItsKeyIsTaken() {
		this.editor.get("/newsletters/weekly/new-segment");
		Map<String, String> gone = form("name", "Gone", "test.0", "LANGUAGE_IS", "value.0", "en");
		this.editor.follow(this.editor.post("/newsletters/weekly/new-segment", gone));
		Page list = this.editor.follow(this.editor.post("/newsletters/weekly/segments/gone/delete", Map.of()));
		assertThat(list.words()).contains("The segment “Gone” is deleted.");
		String undo = list.html().expectFirst("form.undo").attr("action");
		assertThat(this.editor.get("/newsletters/weekly/segments/gone").status()).isEqualTo(404);
		assertThat(this.editor.follow(this.editor.post(undo, Map.of())).words())
			.contains("The segment “Gone” is back.");
		Page twice = this.editor.follow(this.editor.post(undo, Map.of()));
		assertThat(twice.words()).contains("It can’t be brought back");
	}

	@Test
	void namesThatAreMarkupAreTextAndStrangersHaveNoWayIn() {
		String hostile = "<script>alert(1)</script>";
		this.editor.get("/newsletters/weekly/new-segment");
		Page saved = this.editor.post("/newsletters/weekly/new-segment", form("name", hostile, "test.0",
				"ATTRIBUTE_CONTAINS", "name.0", "\"><b>", "value.0", "{0} ' ${7*7} " + hostile));
		Page page = this.editor.follow(saved);
		assertThat(page.html().select("h1").text()).isEqualTo(hostile);
		assertThat(value(page, "value.0")).isEqualTo("{0} ' ${7*7} " + hostile);
		Page list = this.editor.get("/newsletters/weekly/segments");
		assertThat(list.html().select("script:not([src]), main b")).isEmpty();
		assertThat(list.words()).contains("\"><b> contains “{0} ' ${7*7} " + hostile + "”");
		Browser nobody = new Browser(this.port);
		assertThat(nobody.get("/newsletters/weekly/segments").location()).isEqualTo(Access.SIGN_IN);
		assertThat(this.editor.postWithout("/newsletters/weekly/segments/in-berlin/delete", Map.of()).status())
			.isEqualTo(403);
		assertThat(this.editor.get("/newsletters/weekly/segments/None%20such").status()).isEqualTo(404);
	}

}
