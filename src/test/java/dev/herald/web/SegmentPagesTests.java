package dev.herald.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.segment.Segments;
import dev.herald.segment.TreeJson;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** An editor makes segments on the pages, without JavaScript. */
@WebTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegmentPagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Accounts accounts;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Segments segments;

	@Autowired
	private SubscriberImport imports;

	private Browser editor = new Browser(0);

	@BeforeAll
	void threeReadersOfANewsletter(@TempDir Path folder) throws Exception {
		this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
		this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		this.editor = new Browser(this.port);
		this.editor.signIn("ann@example.org", PASSWORD);
		for (String key : List.of("weekly", "empty")) {
			this.editor.post("/newsletters",
					Map.of("key", key, "name", key, "from", "w@example.org", "language", "en"));
		}
		Path file = Files.writeString(folder.resolve("readers.csv"), """
				email,name,city,age
				a@example.org,Ann,Berlin,30
				b@example.org,Ben,berlin,50
				c@example.org,Cyd,Paris,
				""");
		this.imports.run(file, newsletter(), folder.resolve("rejects.csv"), false);
	}

	private Newsletter newsletter() {
		return this.newsletters.require("weekly");
	}

	private static Map<String, String> form(String... fields) {
		Map<String, String> form = new LinkedHashMap<>();
		for (int i = 0; i < fields.length; i += 2) {
			form.put(fields[i], fields[i + 1]);
		}
		return form;
	}

	private static String value(Page page, String field) {
		return page.html().expectFirst("[name=" + field + "]").attr("value");
	}

	private static String chosen(Page page, String field) {
		return page.html().expectFirst("[name=" + field + "]").select("option[selected]").attr("value");
	}

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
				form("name", "Old in Berlin", "match", "all", "test.0", "ATTRIBUTE_IS", "name.0", "city", "value.0",
						"Berlin", "test.1", "ATTRIBUTE_AT_LEAST", "name.1", "age", "value.1", "40"));
		assertThat(TreeJson.write(this.segments.require(newsletter(), "in-berlin").tree())).isEqualTo("""
				{"version":1,"all":[{"field":"attribute","name":"city","test":"is","value":"Berlin"},\
				{"field":"attribute","name":"age","test":"at-least","value":40}]}""");
		Page list = this.editor.get("/newsletters/weekly/segments");
		assertThat(list.html().select("tr:contains(Old in Berlin)").text())
			.isEqualTo("Old in Berlin city is “Berlin” and age is at least 40 1 active subscriptions");
		assertThat(this.editor.get("/newsletters/weekly/subscribers").html().select("main a").eachAttr("href"))
			.contains("/newsletters/weekly/segments");
	}

	private static Map<String, String> with(Map<String, String> form, String name, String value) {
		Map<String, String> all = new LinkedHashMap<>(form);
		all.put(name, value);
		return all;
	}

	@Test
	void rowsAreAddedAndRemovedAndWhatIsTypedStays() {
		this.editor.get("/newsletters/weekly/new-segment");
		Map<String, String> typed = form("name", "Half", "match", "none", "test.0", "SUBSCRIBED_WITHIN", "value.0",
				"ninety", "test.1", "PROVIDER_IS", "value.1", "gmail");
		Page more = this.editor.post("/newsletters/weekly/new-segment", with(typed, "act", "add"));
		assertThat(more.status()).isEqualTo(200);
		assertThat(more.html().select("fieldset.condition")).hasSize(3);
		assertThat(more.html().select("[aria-invalid]")).isEmpty();
		assertThat(value(more, "value.0")).isEqualTo("ninety");
		assertThat(chosen(more, "match")).isEqualTo("none");
		Page fewer = this.editor.post("/newsletters/weekly/new-segment", with(typed, "act", "remove.0"));
		assertThat(fewer.html().select("fieldset.condition")).hasSize(1);
		assertThat(chosen(fewer, "test.0")).isEqualTo("PROVIDER_IS");
		assertThat(value(fewer, "value.0")).isEqualTo("gmail");
		Page last = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Half", "test.0", "LANGUAGE_IS", "act", "remove.0"));
		assertThat(last.html().select("fieldset.condition")).hasSize(1);
		assertThat(chosen(last, "test.0")).isEmpty();
		// Enter in a field must not press the button that takes a row away.
		assertThat(last.html().expectFirst("#builder button").attr("value")).isEqualTo("count");
		Map<String, String> full = form("name", "Full");
		for (int i = 0; i < 60; i++) {
			full.put("test." + i, "ENGAGED_EVER");
		}
		Page most = this.editor.post("/newsletters/weekly/new-segment", with(full, "act", "add"));
		assertThat(most.html().select("fieldset.condition")).hasSize(50);
		assertThat(most.html().select("[value=add]")).isEmpty();
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
		assertThat(part.html().text()).isEqualTo("2 active subscriptions are in it now.");
		assertThat(this.editor.post("/newsletters/weekly/segment-count", form("test.0", "ATTRIBUTE_IS")).body())
			.contains("How many are in it is counted once every condition is filled in.");
		assertThat(this.editor.post("/newsletters/weekly/segment-count", form("json", "{\"all\":")).status())
			.isEqualTo(200);
	}

	@Test
	void groupsInGroupsAreWrittenAsJsonAndSaidInWords() {
		this.editor.get("/newsletters/weekly/new-segment");
		Page json = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Deep", "act", "json", "test.0", "ATTRIBUTE_IS", "name.0", "city", "value.0", "Berlin"));
		assertThat(json.html().expectFirst("textarea").text()).contains("\"all\"", "\"Berlin\"");
		String deep = """
				{"all":[{"field":"attribute","name":"city","test":"is","value":"Berlin"},
				{"none":[{"field":"provider","test":"is","value":["gmail"]},{"field":"language","test":"is","value":["zh"]}]}]}""";
		Page wrong = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Deep", "json", deep.replace("\"gmail\"", "7")));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.words()).contains("all[1].none[0].value[0]:");
		assertThat(wrong.html().expectFirst("textarea").text()).contains("7");
		Page saved = this.editor
			.follow(this.editor.post("/newsletters/weekly/new-segment", form("name", "Deep", "json", deep)));
		assertThat(saved.words()).contains("city is “Berlin” and (none of this: mailbox at gmail or language zh)")
			.contains("2 active subscriptions are in it now.");
		assertThat(saved.html().select("textarea[name=json]")).hasSize(1);
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
