package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The archive on a phone and a desktop, light and dark: nothing is wider than the window,
 * axe finds nothing, its style is let through.
 */
@WebTest
class ArchiveSeenTests {

	private static final String ISSUE = """
			---
			title: 科技爱好者周刊（第 300 期）：a quiet week
			date: 2026-11-24
			---
			Words before the first section, with a [link](https://example.org/a) and `code`.

			## 科技动态 · News

			- [Kettles are back](https://example.org/kettles) | example.org

			  Copper, and louder than ever. 铜壶回来了。

			- [A second item with a title that goes on for longer than a phone is wide](https://example.org/b) | example.org

			  Its comment.

			## Everything else

			> A quotation, with https://example.org/a/very/long/address/that/has/no/place/to/break/anywhere/at/all

			| Kettle | Litres | Price |
			|---|---:|---:|
			| Copper | 1.5 | 120.00 |
			| A_very_long_name_without_any_place_to_break_it_anywhere | 1000000.25 | 1234567.00 |

			```
			int main(void) { return a_function_with_a_name_that_is_much_longer_than_a_phone_is_wide(0); }
			```

			1. First
			2. Second[^1]

			### A smaller heading

			- one
			  - nested

			---

			The end.

			[^1]: A footnote.
			""";

	@LocalServerPort
	private int port;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private JdbcClient jdbc;

	@RegisterExtension
	final PageLook look = new PageLook();

	@Test
	void anIssueAndWhereThereIsNone() throws IOException {
		Newsletter weekly = this.newsletters.create("weekly", new NewsletterSettings("科技爱好者周刊",
				Mailbox.parse("Ann <ann@example.org>"), null, Locale.forLanguageTag("zh-CN"), null, ""));
		Issue issue = this.issues.importFile(weekly, "300.md", ISSUE.getBytes(StandardCharsets.UTF_8), null).issue();
		this.jdbc
			.sql("""
					INSERT INTO send (id, issue_id, issue_version_id, status, rehearsal, due_at, zone, requested_by, created_at, started_at)
					VALUES (1, ?, ?, 'DONE', 0, '2026-11-24 08:00:00', 'UTC', 'ann', '2026-11-24 08:00:00', '2026-11-24 08:00:00')
					""")
			.params(issue.id(), issue.versionId())
			.update();
		this.jdbc.sql("INSERT INTO delivery VALUES (?, 1, 1, 2, 0, 1, 0, 0, 0)").param(issue.id()).update();
		go("/archive/weekly/300");
		assertThat(this.look.driver().executeScript("return getComputedStyle(document.querySelector('main')).maxWidth"))
			.isEqualTo("600px");
		look("archive-issue");
		assertThat(printed("getComputedStyle(document.querySelector('main')).maxWidth")).isEqualTo("none");
		assertThat(printed("getComputedStyle(document.body).color")).as("black on white, in the dark too")
			.isEqualTo("rgb(0, 0, 0)");
		assertThat(printed("getComputedStyle(document.querySelector('.content a[href^=http]'), '::after').content"))
			.as("a link on paper says where it leads")
			.asString()
			.contains("http");
		go("/archive/weekly");
		look("archive-list");
		assertThat(printed("getComputedStyle(document.querySelector('.search')).display")).isEqualTo("none");
		go("/archive/weekly?q=%E4%B8%80");
		look("archive-search");
		go("/archive/weekly/nothing");
		look("archive-missing");
	}

	/** What a script says of the page as a printer gets it, from a dark screen. */
	private Object printed(String expression) {
		try {
			this.look.driver()
				.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print", "features",
						List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
			return Objects.requireNonNull(this.look.driver().executeScript("return " + expression));
		}
		finally {
			this.look.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
		}
	}

	private void go(String path) {
		this.look.driver().get("http://localhost:" + this.port + path);
	}

	private void look(String name) throws IOException {
		this.look.at(name, true);
	}

}
