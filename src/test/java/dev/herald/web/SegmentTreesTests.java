package dev.herald.web;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.herald.segment.TreeJson;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** The conditions of a segment as rows of a form, in groups, and as JSON. */
@WebTest
class SegmentTreesTests extends SegmentPagesTest {

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
	void groupsInGroupsAreMadeInRowsFiveDeep() {
		this.editor.get("/newsletters/weekly/new-segment");
		Map<String, String> typed = form("name", "Deep", "match", "all", "test.0", "ATTRIBUTE_IS", "name.0", "city",
				"value.0", "Berlin");
		Page group = this.editor.post("/newsletters/weekly/new-segment", with(typed, "act", "group"));
		assertThat(group.html().select("legend").eachText()).containsExactly("Condition 1", "Group 2", "Condition 2.1");
		assertThat(chosen(group, "match.1")).isEqualTo("any");
		assertThat(group.html().select("[autofocus]").eachAttr("name")).containsExactly("test.1.0");
		typed.putAll(form("match.1", "none", "test.1.0", "PROVIDER_IS", "value.1.0", "gmail"));
		Page row = this.editor.post("/newsletters/weekly/new-segment", with(typed, "act", "add.1"));
		assertThat(row.html().select("legend").eachText()).containsExactly("Condition 1", "Group 2", "Condition 2.1",
				"Condition 2.2");
		assertThat(row.html().select("[autofocus]").eachAttr("name")).containsExactly("test.1.1");
		assertThat(value(row, "value.1.0")).isEqualTo("gmail");
		Page deeper = this.editor.post("/newsletters/weekly/new-segment", with(typed, "act", "group.1"));
		assertThat(chosen(deeper, "match.1.1")).isEqualTo("all");
		Page fewer = this.editor.post("/newsletters/weekly/new-segment", with(typed, "act", "remove.1"));
		assertThat(fewer.html().select("legend").eachText()).containsExactly("Condition 1");
		Page emptied = this.editor.post("/newsletters/weekly/new-segment", with(typed, "act", "remove.1.0"));
		assertThat(chosen(emptied, "test.1.0")).isEmpty();
		Map<String, String> deepest = form("name", "Deepest", "match.0", "any", "match.0.0", "any", "match.0.0.0",
				"any", "match.0.0.0.0", "none", "test.0.0.0.0.0", "ENGAGED_EVER", "match.0.0.0.0.0", "all");
		Page most = this.editor.post("/newsletters/weekly/new-segment", with(deepest, "act", "group.0.0.0.0"));
		assertThat(most.html().select("legend").eachText()).containsExactly("Group 1", "Group 1.1", "Group 1.1.1",
				"Group 1.1.1.1", "Condition 1.1.1.1.1");
		assertThat(most.html().select("[value=group.0.0.0.0]")).isEmpty();
		assertThat(most.html().select("[value=group.0.0.0]")).hasSize(1);
		for (String act : List.of("add.7", "group.0", "remove.9.9", "remove", "add.0.0.0.0.0.0", "add.99999999999")) {
			assertThat(
					this.editor.post("/newsletters/weekly/new-segment", with(form("test.0", ""), "act", act)).status())
				.as(act)
				.isIn(200, 400);
		}
	}

	@Test
	void aTreeIsSavedFromRowsAndEachFaultStandsBesideItsRow() {
		this.editor.get("/newsletters/weekly/new-segment");
		Map<String, String> typed = form("name", "Rows", "match", "all", "test.0", "ATTRIBUTE_IS", "name.0", "city",
				"value.0", "Berlin", "match.1", "none", "test.1.0", "PROVIDER_IS", "value.1.0", "nomail", "test.1.1",
				"LANGUAGE_IS", "value.1.1", "zh");
		Page wrong = this.editor.post("/newsletters/weekly/new-segment", typed);
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.html().select("[aria-invalid]").eachAttr("name")).containsExactly("value.1.0");
		typed.put("value.1.0", "seven, gmail");
		typed.put("test.1.0", "SUBSCRIBED_WITHIN");
		typed.put("match.1.2", "any");
		Page more = this.editor.post("/newsletters/weekly/new-segment", typed);
		assertThat(more.html().select("[aria-invalid]").eachAttr("name")).containsExactly("value.1.0", "test.1.2.0");
		typed.remove("match.1.2");
		typed.putAll(form("test.1.0", "PROVIDER_IS", "value.1.0", "gmail"));
		Page saved = this.editor.follow(this.editor.post("/newsletters/weekly/new-segment", typed));
		assertThat(saved.words()).contains("2 active subscriptions are in it now.",
				"That is: city is “Berlin” and (none of this: mailbox at gmail or language zh).");
		assertThat(chosen(saved, "match.1")).isEqualTo("none");
		assertThat(value(saved, "value.1.1")).isEqualTo("zh");
		assertThat(TreeJson.write(this.segments.require(newsletter(), "rows").tree())).isEqualTo("""
				{"version":1,"all":[{"field":"attribute","name":"city","test":"is","value":"Berlin"},\
				{"none":[{"field":"provider","test":"is","value":["gmail"]},\
				{"field":"language","test":"is","value":["zh"]}]}]}""");
	}

	@Test
	void conditionsAreWrittenAsJsonAndBackToRows() {
		this.editor.get("/newsletters/weekly/new-segment");
		Page json = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Text", "act", "json", "test.0", "ATTRIBUTE_IS", "name.0", "city", "value.0", "Berlin"));
		assertThat(json.html().expectFirst("textarea").text()).contains("\"all\"", "\"Berlin\"");
		String deep = """
				{"all":[{"field":"attribute","name":"city","test":"is","value":"Berlin"},
				{"none":[{"field":"provider","test":"is","value":["gmail"]},{"field":"language","test":"is","value":["zh"]}]}]}""";
		Page wrong = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Text", "json", deep.replace("\"gmail\"", "7")));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(wrong.words()).contains("all[1].none[0].value[0]:");
		assertThat(wrong.html().expectFirst("textarea").text()).contains("7");
		Page stays = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Text", "act", "rows", "json", "{\"all\": 7}"));
		assertThat(stays.html().select("textarea[aria-invalid]")).hasSize(1);
		Page rows = this.editor.post("/newsletters/weekly/new-segment",
				form("name", "Text", "act", "rows", "json", deep));
		assertThat(rows.html().select("textarea")).isEmpty();
		assertThat(value(rows, "value.1.0")).isEqualTo("gmail");
		Page saved = this.editor
			.follow(this.editor.post("/newsletters/weekly/new-segment", form("name", "Text", "json", deep)));
		assertThat(saved.words()).contains("2 active subscriptions are in it now.");
	}

}
