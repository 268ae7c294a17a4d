package dev.herald.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
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
import dev.herald.subscriber.SubscriberImport;
import dev.herald.web.Browser.Page;

/** An editor, an admin, and a newsletter with three readers in two cities. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SegmentPagesTest {

	static final String PASSWORD = "copper kettle 9 bells";

	@LocalServerPort
	int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Accounts accounts;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	Segments segments;

	@Autowired
	private SubscriberImport imports;

	Browser editor = new Browser(0);

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

	final Newsletter newsletter() {
		return this.newsletters.require("weekly");
	}

	static Map<String, String> form(String... fields) {
		Map<String, String> form = new LinkedHashMap<>();
		for (int i = 0; i < fields.length; i += 2) {
			form.put(fields[i], fields[i + 1]);
		}
		return form;
	}

	static String value(Page page, String field) {
		return page.html().expectFirst("[name=" + field + "]").attr("value");
	}

	static String chosen(Page page, String field) {
		return page.html().expectFirst("[name=" + field + "]").select("option[selected]").attr("value");
	}

	static Map<String, String> with(Map<String, String> form, String name, String value) {
		Map<String, String> all = new LinkedHashMap<>(form);
		all.put(name, value);
		return all;
	}

}
