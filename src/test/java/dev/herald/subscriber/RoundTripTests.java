package dev.herald.subscriber;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.segment.KeptAttributes;
import dev.herald.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Export, import elsewhere, export again: no difference, whatever people wrote. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RoundTripTests {

	private static final Newsletter WEEKLY = new Newsletter(1, "weekly", "Weekly", Mailbox.parse("jo@example.org"),
			null, Locale.ENGLISH, null, "");

	private static final List<String> HOSTILE = List.of("=1+1", "'=1+1", "''=1+1", "+tag", "-1", "@SUM(A1)",
			"=HYPERLINK(\"http://evil.example\",\"x\")", "x;=1+1", "x;'=1", "a,b", "a;b", "a|b", "\"quoted\"",
			"'t Hooft", "'single'", " leading", "trailing ", "李雷", "＝1", "Zoë 😀", "<b>&amp;", "null", "\\", "\\\"",
			"{}", "sep=;", "email", "0012", "1e5", "true");

	/** Only where text of several lines is allowed. */
	private static final List<String> LINES = List.of("two\nlines", "two\r\nlines", "cr\ronly", "tab\there", "\ttab",
			"ann@example.org\nbob@example.org,Bob\n", "\n=1+1", "\"\n\"", "\u2028");

	private final TestDatabase kind;

	@TempDir
	private Path folder;

	RoundTripTests(TestDatabase kind) {
		this.kind = kind;
	}

	@Test
	void csvAndJsonComeBackWithoutADifference() throws IOException {
		try (TestDatabase.Opened first = this.kind.open()) {
			fill(first);
			String csv = csv(first);
			String json = json(first);
			assertThat(csv.lines().skip(1)).noneMatch((line) -> line.startsWith("="));
			for (Map.Entry<String, String> list : Map.of("list.csv", csv, "list.jsonl", json).entrySet()) {
				try (TestDatabase.Opened second = this.kind.open()) {
					newsletter(second);
					Path file = Files.writeString(this.folder.resolve(list.getKey()), list.getValue());
					ImportResult result = TestImports.on(second, Clock.systemUTC())
						.run(file, WEEKLY, this.folder.resolve("rejects.csv"), false);
					assertThat(result.firstRejections()).isEmpty();
					assertThat(csv(second)).as("by " + list.getKey()).isEqualTo(csv);
					assertThat(json(second)).as("by " + list.getKey()).isEqualTo(json);
				}
			}
		}
	}

	@Test
	void anExportImportedWhereItCameFromChangesNothing() throws IOException {
		try (TestDatabase.Opened first = this.kind.open()) {
			fill(first);
			String csv = csv(first);
			Path file = Files.writeString(this.folder.resolve("list.csv"), csv);
			ImportResult result = TestImports.on(first, Clock.systemUTC())
				.run(file, WEEKLY, this.folder.resolve("rejects.csv"), false);
			assertThat(result.added() + result.ended() + result.suppressed() + result.rejected()).isZero();
			assertThat(csv(first)).isEqualTo(csv);
		}
	}

	private static void fill(TestDatabase.Opened database) {
		newsletter(database);
		int id = 0;
		for (String text : HOSTILE) {
			person(database, ++id, "r" + id + "+" + (char) ('a' + id % 26) + "@example.org", text);
			KeptAttributes.set(database.jdbc(), id, "note", text);
			KeptAttributes.set(database.jdbc(), id, "=name " + id % 3, text);
		}
		for (String text : LINES) {
			person(database, ++id, "r" + id + "@example.org", "");
			KeptAttributes.set(database.jdbc(), id, "note", text);
		}
		person(database, ++id, "=f@example.org", "=f");
		person(database, ++id, "\"a,b\"@example.org", "x");
		database.jdbc().sql("UPDATE subscription SET state = 'UNSUBSCRIBED' WHERE MOD(subscriber_id, 5) = 1").update();
		database.jdbc().sql("UPDATE subscription SET state = 'PENDING' WHERE MOD(subscriber_id, 5) = 2").update();
		database.jdbc()
			.sql("UPDATE subscription SET paused_until = '2027-01-01' WHERE MOD(subscriber_id, 5) = 3")
			.update();
		database.jdbc().sql("UPDATE subscriber SET zone = 'Asia/Shanghai' WHERE MOD(id, 2) = 0").update();
		database.jdbc().sql("UPDATE subscriber SET language = 'zh-CN' WHERE MOD(id, 3) = 0").update();
		database.jdbc().sql("""
				INSERT INTO suppression (match_key, reason, evidence, since)
				SELECT match_key, 'HARD_BOUNCE', CONCAT('=550 ', name), '2026-02-03 04:05:06.789' FROM subscriber
				WHERE MOD(id, 4) = 0
				""").update();
	}

	private static void newsletter(TestDatabase.Opened database) {
		database.jdbc().sql("""
				INSERT INTO newsletter (id, name_key, name, sender_name, sender_address, language, created_at)
				VALUES (1, 'weekly', 'N', '', 'jo@example.org', 'en', '2026-01-01 00:00:00')
				""").update();
	}

	private static void person(TestDatabase.Opened database, int id, String address, String name) {
		database.jdbc().sql("""
				INSERT INTO subscriber (id, address, match_key, name, created_at)
				VALUES (?, ?, ?, ?, '2026-01-01')
				""").params(id, address, address, name).update();
		database.jdbc()
			.sql("INSERT INTO subscription (newsletter_id, subscriber_id, state, changed_at) VALUES (1, ?, 'ACTIVE', ?)")
			.params(id, "2026-01-01 00:00:00." + (100 + id))
			.update();
	}

	private static String csv(TestDatabase.Opened database) {
		StringWriter writer = new StringWriter();
		new SubscriberExport(database.jdbc()).run(WEEKLY, null, writer);
		return writer.toString();
	}

	private static String json(TestDatabase.Opened database) {
		StringWriter writer = new StringWriter();
		new SubscriberExport(database.jdbc()).runJson(WEEKLY, null, writer);
		return writer.toString();
	}

}
