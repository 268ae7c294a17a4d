package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SetUp;
import dev.herald.web.Browser.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A newsletter is created by an editor and its settings are changed. The tests follow
 * each other.
 */
@WebTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewsletterFromThePagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Accounts accounts;

	private Browser editor = new Browser(0);

	@BeforeAll
	void anEditorSignsIn() {
		this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
		this.accounts.create("ann@example.org", PASSWORD, Role.EDITOR);
		this.editor = new Browser(this.port);
		this.editor.signIn("ann@example.org", PASSWORD);
	}

	@Test
	@Order(1)
	void anEditorCreatesANewsletterAndIsToldWhatIsWrongBesideEachField() {
		this.editor.get("/newsletters/new");
		Map<String, String> form = new LinkedHashMap<>(Map.of("key", "weekly", "name", "<b>Weekly</b>", "from",
				"nobody", "language", "no language", "baseUrl", "javascript:alert(1)"));
		Page refused = this.editor.post("/newsletters", form);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.html().select("[aria-invalid]").eachAttr("name")).containsExactly("from", "language",
				"baseUrl");
		assertThat(refused.html().expectFirst("details.theme").hasAttr("open")).isFalse();
		form.put("from", "Weekly \"W\" <weekly@example.org>");
		form.put("language", "en");
		form.put("baseUrl", "https://example.org/");
		form.put("key", "No Key");
		assertThat(this.editor.post("/newsletters", form).html().select("[aria-invalid]").eachAttr("name"))
			.containsExactly("key");
		form.put("key", "weekly");
		Page created = this.editor.post("/newsletters", form);
		assertThat(created.location()).isEqualTo("/newsletters/weekly");
		Page page = this.editor.follow(created);
		assertThat(page.html().select("h1").text()).isEqualTo("<b>Weekly</b>");
		assertThat(page.html().select("main b")).isEmpty();
	}

	@Test
	@Order(4)
	void aNewsletterAndAnIssueMayBeNamedAsAPartOfAnAddress() {
		this.editor.get("/newsletters/new");
		Page created = this.editor.post("/newsletters",
				Map.of("key", "frame", "name", "Frames", "from", "frames@example.org", "language", "en"));
		this.editor.follow(created);
		Page imported = this.editor.upload("/newsletters/frame/issues", "frame.md",
				"# Framed\n\nText.".getBytes(StandardCharsets.UTF_8), Map.of());
		assertThat(imported.location()).isEqualTo("/newsletters/frame/issues/frame");
		for (String page : List.of("/newsletters/frame", "/newsletters/frame/issues/frame")) {
			Page whole = this.editor.get(page);
			assertThat(whole.status()).isEqualTo(200);
			assertThat(whole.header("Content-Security-Policy"))
				.startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ");
			assertThat(whole.header("X-Frame-Options")).isEqualTo("DENY");
		}
		for (String mail : List.of("/frame", "/web/frame")) {
			assertThat(this.editor.get("/newsletters/frame/issues/frame" + mail).header("Content-Security-Policy"))
				.startsWith("sandbox ");
		}
	}

	@Test
	@Order(2)
	void itsSettingsCanBeChanged() {
		Page page = this.editor.get("/newsletters/weekly/settings");
		assertThat(page.html().selectXpath("//input[@name='from']").attr("value")).contains("weekly@example.org");
		Page changed = this.editor.post("/newsletters/weekly/settings", Map.of("name", "Weekly Letter", "from",
				"Weekly <weekly@example.org>", "language", "en", "postalAddress", "1 Kettle Street"));
		assertThat(this.editor.follow(changed).words()).contains("The settings are saved");
		assertThat(this.editor.get("/newsletters/nothing").status()).isEqualTo(404);
	}

	@Test
	@Order(3)
	void theLookOfItsMailsIsSetThereAndAnEmptyFieldIsTheDefault() {
		Map<String, String> form = new LinkedHashMap<>(
				Map.of("name", "Weekly Letter", "from", "Weekly <weekly@example.org>", "language", "en",
						"postalAddress", "1 Kettle Street", "accent", "#7a2e1d;}", "darkPaper", "#000000", "font",
						"<b>", "logo", "https://example.org/l.png", "width", "900"));
		this.editor.get("/newsletters/weekly/settings");
		Page refused = this.editor.post("/newsletters/weekly/settings", form);
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.html().select("[aria-invalid]").eachAttr("name")).containsExactly("accent", "font", "logo",
				"width");
		assertThat(refused.html().expectFirst("details.theme").hasAttr("open")).isTrue();
		assertThat(refused.words()).contains("By default #0a58ca,", "'#7a2e1d;}' is no colour",
				"A logo needs the width and height", "A column's width is 480 to 720 px.");
		form.putAll(Map.of("accent", "#7a2e1d", "font", "Avenir Next, serif", "logoSize", "120x40", "width", "640",
				"contents", "true", "archived", "false"));
		this.editor.follow(this.editor.post("/newsletters/weekly/settings", form));
		assertThat(settings()).containsEntry("accent", "#7a2e1d")
			.containsEntry("paper", "#ffffff")
			.containsEntry("darkPaper", "#000000")
			.containsEntry("font", "Avenir Next, serif")
			.containsEntry("logo", "https://example.org/l.png")
			.containsEntry("logoSize", "120x40")
			.containsEntry("width", "640")
			.containsEntry("contents", "true")
			.containsEntry("archived", "false");
		form.keySet().retainAll(Set.of("name", "from", "language", "postalAddress"));
		this.editor.follow(this.editor.post("/newsletters/weekly/settings", form));
		assertThat(settings()).containsEntry("accent", "#0a58ca")
			.containsEntry("darkPaper", "#16181b")
			.containsEntry("font", "sans")
			.containsEntry("logo", "")
			.containsEntry("width", "600")
			.containsEntry("contents", "false")
			.containsEntry("archived", "true");
	}

	@Test
	@Order(5)
	void whoReadsChineseIsToldInChineseWhatIsWrong() {
		this.editor.get("/account");
		this.editor.post("/account/preferences", Map.of("language", "zh-CN", "zone", "Asia/Shanghai"));
		this.editor.get("/newsletters/weekly/settings");
		Page refused = this.editor.post("/newsletters/weekly/settings",
				Map.of("name", "Weekly", "from", "nobody", "language", "en", "accent", "blau", "width", "900"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.words()).contains("“nobody”不是邮箱地址：需要名称、@ 和域名。", "“blau”不是颜色。请写成 #0a58ca 的形式。",
				"正文宽度为 480 至 720 像素。");
		Page broken = this.editor.upload("/newsletters/weekly/issues", "a.md",
				"---\ntitle: A\n".getBytes(StandardCharsets.UTF_8), Map.of());
		assertThat(broken.words()).contains("a.md，第 1 行：从这里开始的文件头没有结束。请在最后一项之后单独写一行 ---。");
		this.editor.get("/newsletters/weekly");
		Page imported = this.editor.upload("/newsletters/weekly/issues", "b.md",
				"# 周报\n\n[这里]()，<video src=\"v\"></video>\n".getBytes(StandardCharsets.UTF_8), Map.of());
		Page issue = this.editor.follow(imported);
		assertThat(issue.html().select(".findings").text())
			.contains("错误：没有地址或文字的链接 第 3 行： 链接“这里”没有地址。 链接的文字会送达，但点了没有去处。请在圆括号中写上地址。",
					"<video> 在邮件中无效。 已连同其中的内容去掉。请链接到含有它的网页。")
			.doesNotContain("address", "works", "mail.");
		assertThat(this.editor.get("/newsletters/weekly/issues/nothing").words()).contains("没有");
	}

	private Map<String, String> settings() {
		Map<String, String> values = new LinkedHashMap<>();
		this.editor.get("/newsletters/weekly/settings")
			.html()
			.select("main input, main select")
			.forEach((field) -> values.put(field.attr("name"), field.select("option[selected]").isEmpty()
					? field.attr("value") : field.select("option[selected]").attr("value")));
		return values;
	}

}
