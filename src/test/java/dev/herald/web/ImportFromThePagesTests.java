package dev.herald.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.herald.account.Accounts;
import dev.herald.account.SetUp;
import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.settings.Installation;
import dev.herald.subscriber.ImportSettings;
import dev.herald.subscriber.SubscriberImport;
import dev.herald.web.Browser.Page;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lists are uploaded, read in another way, imported, stopped and gone on with, without
 * JavaScript.
 */
@WebTest
class ImportFromThePagesTests {

	private static final String PASSWORD = "copper kettle 9 bells";

	private static final String IMPORTS = "/newsletters/weekly/subscribers/imports";

	private static final int MANY = 30_000;

	@LocalServerPort
	private int port;

	@Autowired
	private SetUp setUp;

	@Autowired
	private Accounts accounts;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private SubscriberImport imports;

	@Autowired
	private Installation installation;

	@Autowired
	private ImportSettings settings;

	@Autowired
	private Words words;

	@Autowired
	private Clock clock;

	@Autowired
	private JdbcClient jdbc;

	private Browser admin = new Browser(0);

	@BeforeEach
	void anAdminAndANewsletter() {
		if (this.accounts.none()) {
			this.setUp.firstAdmin(this.setUp.token().orElseThrow(), "ada@example.org", PASSWORD);
			this.newsletters.create("weekly", new NewsletterSettings("Weekly",
					Mailbox.parse("Weekly <weekly@example.org>"), null, Locale.ENGLISH, null, "1 Kettle Street"));
		}
		for (String table : new String[] { "subscriber_attribute", "consent", "subscription", "subscriber",
				"suppression" }) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
		this.admin = new Browser(this.port);
		this.admin.signIn("ada@example.org", PASSWORD);
		this.admin.get("/newsletters/weekly/subscribers");
	}

	@Test
	void columnsAreSetByHandAndTheListIsCheckedAgain() {
		String path = upload("名单.csv",
				"联系方式;全名;城市\nli@example.cn;李雷;北京\n坏;韩梅梅;上海\n".getBytes(Charset.forName("GB18030")));
		Page failed = settled(path);
		assertThat(failed.words()).contains("The file can’t be used", "no column is called email", "名单.csv",
				"Read as GB18030, separated by “;”.", "李雷");
		assertThat(failed.html().select("select[name=field1] option[selected]").attr("value")).isEqualTo("name");
		assertThat(this.admin.post(path, Map.of()).location()).isEqualTo(path);
		assertThat(count("subscriber")).as("nothing was checked yet").isZero();
		assertThat(this.admin
			.post(path + "/mapping",
					Map.of("field0", "email", "field1", "name", "field2", "attribute", "everyone", "PENDING"))
			.location()).isEqualTo(path);
		Page checked = settled(path);
		assertThat(checked.words()).contains("Nothing is changed yet", "1 person not confirmed yet", "1 row rejected",
				"no new subscription");
		assertThat(checked.html().select("select[name=everyone] option[selected]").attr("value")).isEqualTo("PENDING");
		this.admin.post(path, Map.of());
		assertThat(settled(path).words()).contains("Imported", "1 person not confirmed yet");
		assertThat(this.jdbc.sql("""
				SELECT CONCAT(s.name, ' ', p.state, ' ', a.name, ' ', a.text) FROM subscriber s
				JOIN subscription p ON p.subscriber_id = s.id JOIN subscriber_attribute a ON a.subscriber_id = s.id
				""").query(String.class).list()).containsExactly("李雷 PENDING 城市 北京");
		assertThat(this.admin.get(path + "/rejects").body()).contains("韩梅梅");
		this.admin.post(path + "/mapping", Map.of("field0", "ignored", "field1", "email", "field2", "ignored"));
		assertThat(settled(path).words()).as("over is over").contains("Imported");
	}

	@Test
	void aWrongGuessIsChangedByThePage() {
		String path = upload("list.csv", "email;note\nann@example.org;a,b\n".getBytes(StandardCharsets.UTF_16LE));
		assertThat(settled(path).words()).contains("UTF-16LE", "1 new subscription");
		this.admin.post(path + "/mapping", Map.of("charset", "UTF-8", "separator", ";"));
		assertThat(settled(path).words()).contains("The file can’t be used");
		Map<String, String> strange = new HashMap<>(Map.of("charset", "\u0000", "separator", "ab", "preset", "AOL",
				"everyone", "KING", "field0", "town", "field1", "attribute"));
		strange.put("name1", "x".repeat(5000));
		this.admin.post(path + "/mapping", strange);
		assertThat(settled(path).words()).as("what no form offers is as found").contains("1 row rejected");
		this.admin.post(path + "/mapping", Map.of("preset", "NONE"));
		assertThat(settled(path).words()).contains("1 new subscription");
	}

	@Test
	void anExportOfAnotherProgramIsRecognisedAndItsPeopleStayWhatTheyAre() {
		String path = upload("subscribers.csv", """
				uuid,email,name,attributes,status,created_at,updated_at
				1,ann@example.org,Ann,{},enabled,2024-03-01 10:00:00 +0000 UTC,
				2,bob@example.org,Bob,{},blocklisted,2024-03-01 10:00:00 +0000 UTC,
				""".getBytes(StandardCharsets.UTF_8));
		assertThat(settled(path).words()).contains("It is an export of listmonk.", "1 new subscription",
				"1 person on record as unsubscribed", "1 address suppressed");
		this.admin.post(path, Map.of());
		assertThat(settled(path).words()).contains("Imported");
		Page json = this.admin.get("/newsletters/weekly/subscribers/export?format=jsonl");
		assertThat(json.header("Content-Disposition")).contains("weekly.jsonl");
		assertThat(json.body()).contains("\"suppression_why\":\"listmonk: status blocklisted\"");
	}

	@Test
	void whatWasStoppedGoesOnAfterARestartOfTheServerToo() {
		String path = upload("many.csv", many());
		assertThat(settled(path).words()).contains("30,000 new subscriptions", "1 row rejected");
		this.admin.post(path, Map.of());
		Awaitility.await().until(() -> count("consent") > 0);
		Page running = this.admin.get(path);
		if (running.body().contains("hx-get")) {
			assertThat(running.html().select("progress").attr("max")).isEqualTo("100");
			assertThat(running.html().select("form[action$=/stop] button").text()).isEqualTo("Stop");
		}
		this.admin.post(path + "/stop", Map.of());
		Page stopped = settled(path);
		assertThat(stopped.words()).contains("The import was stopped");
		assertThat(count("consent")).isBetween(1, MANY - 1);
		assertThat(this.admin.get(path + "/rejects").body()).contains("nobody");
		String id = path.substring(path.lastIndexOf('/') + 1);
		Newsletter weekly = this.newsletters.require("weekly");
		ListUploads afterwards = new ListUploads(this.imports, this.installation, this.settings, this.words,
				this.clock);
		try {
			assertThat(afterwards.require(id, weekly).step()).isEqualTo(new ListUploads.Step.Stopped(true));
		}
		finally {
			afterwards.destroy();
		}
		assertThat(stopped.html().select("form[action=" + path + "] button").text()).isEqualTo("Continue the import");
		this.admin.post(path, Map.of());
		assertThat(settled(path).words()).contains("Imported", "30,000 new subscriptions", "1 row rejected");
		assertThat(count("consent")).isEqualTo(MANY);
		assertThat(count("subscription")).isEqualTo(MANY);
	}

	@Test
	void uploadedListsAreReadableByTheirOwnerOnlyAndGoneAfterADay() throws Exception {
		String path = upload("list.csv", "email\nann@example.org\n".getBytes(StandardCharsets.UTF_8));
		settled(path);
		String id = path.substring(path.lastIndexOf('/') + 1);
		var folder = this.installation.dataDir().resolve("imports").resolve(id);
		assertThat(Files.getPosixFilePermissions(folder)).hasSize(3);
		ListUploads tomorrow = new ListUploads(this.imports, this.installation, this.settings, this.words,
				Clock.offset(this.clock, Duration.ofHours(25)));
		try {
			tomorrow.forgetOld();
		}
		finally {
			tomorrow.destroy();
		}
		assertThat(folder).doesNotExist();
	}

	private static byte[] many() {
		return ("email,name\nnobody,X\n" + IntStream.range(0, MANY)
			.mapToObj((i) -> "reader" + i + "@example.org,Reader " + i + "\n")
			.collect(Collectors.joining())).getBytes(StandardCharsets.UTF_8);
	}

	private String upload(String name, byte[] content) {
		this.admin.get("/newsletters/weekly/subscribers");
		return this.admin.upload(IMPORTS, name, content, Map.of()).location();
	}

	private Page settled(String path) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.admin.get(path), (page) -> !page.body().contains("hx-get"));
	}

	private int count(String table) {
		return this.jdbc.sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
	}

}
