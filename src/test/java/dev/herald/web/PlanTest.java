package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.web.Browser.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole server with two editors, an issue that nobody has asked to send yet, and four
 * readers in three zones. An admin is there too.
 */
abstract class PlanTest {

	static final String PASSWORD = "copper kettle 9 bells";

	static final String ISSUE = "/newsletters/weekly/issues/first";

	/** Of all classes on it, until the process ends. */
	static final ScriptedSmtpServer RELAY = ScriptedSmtpServer.start((stage, address) -> null);

	@LocalServerPort
	int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Accounts accounts;

	@Autowired
	Newsletters newsletters;

	@Autowired
	private Issues issues;

	@Autowired
	private SubscriberImport imports;

	@Autowired
	JdbcClient jdbc;

	@TempDir
	private Path folder;

	Issue issue = new Issue(0, 0, "", "", null, 0);

	Browser ann = new Browser(0);

	Browser bob = new Browser(0);

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry properties) {
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", RELAY::port);
		properties.add("herald.allow-local-base-url", () -> "true");
		properties.add("herald.undo.window", () -> "45s");
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

	final Page ask(String when, String more) {
		Page confirm = this.ann.get(ISSUE + "/send?when=" + when + more);
		return this.ann.follow(this.ann.post(ISSUE + "/sends", fields(confirm)));
	}

	/** Where a send at 09:00 of that day is watched. */
	final String planned(String date) {
		Page confirm = this.ann.get(ISSUE + "/send?when=at&time=09:00&zone=Asia/Shanghai&date=" + date);
		return this.ann.post(ISSUE + "/sends", fields(confirm)).location();
	}

	/** As the first button of a page sends them. */
	static Map<String, String> fields(Page page) {
		Map<String, String> fields = new LinkedHashMap<>();
		page.html()
			.select("form[action$=/sends] input[type=hidden]")
			.forEach((input) -> fields.put(input.attr("name"), input.attr("value")));
		fields.put("due", page.html().select("button[name=due]").attr("value"));
		return fields;
	}

	static String inDays(int days) {
		return LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
	}

	final Browser signedIn(String address) {
		Browser browser = new Browser(this.port);
		browser.signIn(address, PASSWORD);
		return browser;
	}

}
