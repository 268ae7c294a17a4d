package dev.herald.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.account.Accounts;
import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.signup.SignUpForm;
import dev.herald.signup.SignUpForms;
import dev.herald.signup.Welcome;
import dev.herald.subscriber.Suppressions;
import dev.herald.testing.ReceivedMail;
import dev.herald.testing.ScriptedSmtpServer;
import dev.herald.web.Browser.Page;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A server with a newsletter that takes sign-ups, and the relay that gets its mails. */
@WebTest
abstract class JoinTest {

	static final String PASSWORD = "copper kettle 9 bells";

	/** As long as the server, which the classes of these tests share. */
	static final ScriptedSmtpServer RELAY = ScriptedSmtpServer.start();

	static final int IN_ALL = 200;

	static final List<String> TABLES = List.of("consent_proof", "consent", "subscription", "subscriber", "sign_up",
			"sign_up_address", "sign_up_count", "notice", "suppression");

	@LocalServerPort
	int port;

	@Autowired
	Accounts accounts;

	@Autowired
	SetUp setUp;

	@Autowired
	Newsletters newsletters;

	@Autowired
	SignUpForms forms;

	@Autowired
	Suppressions suppressions;

	@Autowired
	JdbcClient jdbc;

	/** A form as a person sees it: it may be sent for a day. */
	private static final Map<String, String> LOOKED = new HashMap<>();

	/** The server that it is of. */
	private static int lookedAt;

	/** Of those that came before this test. */
	private int mailsBefore;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry properties) throws IOException {
		Path refused = Files.writeString(Files.createTempFile("refused", ".txt"), "throwaway.example\n");
		properties.add("spring.mail.host", () -> "127.0.0.1");
		properties.add("spring.mail.port", RELAY::port);
		properties.add("herald.allow-local-base-url", () -> "true");
		properties.add("herald.sign-up.in-all", () -> IN_ALL + "/h");
		properties.add("herald.sign-up.least-time", () -> "3s");
		properties.add("herald.sign-up.refused-domains-file", refused::toString);
		properties.add("server.tomcat.remoteip.remote-ip-header", () -> "X-Forwarded-For");
		properties.add("server.tomcat.remoteip.internal-proxies", () -> "127\\.0\\.0\\.1");
	}

	@BeforeEach
	void aNewsletterThatIsOpen() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			for (String key : List.of("weekly", "shut")) {
				this.newsletters.create(key, new NewsletterSettings("The Weekly",
						Mailbox.parse("Weekly <weekly@example.org>"), null, Locale.ENGLISH, null, "1 Kettle Street"));
			}
			this.forms.change(this.newsletters.require("weekly"), new SignUpForm(true, "", Welcome.NONE));
		}
		Awaitility.await().until(() -> waiting() == 0);
		TABLES.forEach((table) -> this.jdbc.sql("DELETE FROM " + table).update());
		this.mailsBefore = RELAY.received().size();
	}

	private int waiting() {
		return this.jdbc.sql("SELECT COUNT(*) FROM notice WHERE state IN ('READY', 'SENDING')")
			.query(Integer.class)
			.single();
	}

	/** The mails that left in this test, once nothing waits any more. */
	List<ReceivedMail> mails() {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> waiting() == 0);
		return RELAY.received().stream().skip(this.mailsBefore).map(ReceivedMail::of).toList();
	}

	/** What the form has, with the fields that a person does not see. */
	static Map<String, String> fields(Page page, String address) {
		Map<String, String> fields = new HashMap<>();
		page.html().select("main input").forEach((input) -> fields.put(input.attr("name"), input.attr("value")));
		fields.put("address", address);
		return fields;
	}

	/** A form that a person has looked at for long enough. */
	Map<String, String> filled(Browser browser, String address) {
		if (lookedAt != this.port) {
			lookedAt = this.port;
			LOOKED.clear();
			LOOKED.putAll(fields(browser.get("/join/weekly"), "bo@example.net"));
			Map<String, String> probe = new HashMap<>(LOOKED);
			probe.put("agreement", "unknown");
			Awaitility.await()
				.until(() -> !browser.postWithout("/join/weekly", probe).words().contains("That was very quick"));
		}
		Map<String, String> fields = new HashMap<>(LOOKED);
		fields.put("address", address);
		return fields;
	}

	String state(String address) {
		return this.jdbc
			.sql("SELECT b.state FROM subscription b JOIN subscriber s ON s.id = b.subscriber_id WHERE s.match_key = ?")
			.param(address)
			.query(String.class)
			.optional()
			.orElse("none");
	}

}
