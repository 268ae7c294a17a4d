package dev.herald.web;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.herald.delivery.SendRunner;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.testing.TestDatabase;
import dev.herald.testing.TestHerald;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mail scanner, which follows every link of a mail before its reader does, changes
 * nothing in the database.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ScannedMailTests {

	private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");

	private final TestDatabase kind;

	private final HttpClient http = HttpClient.newHttpClient();

	ScannedMailTests(TestDatabase kind) {
		this.kind = kind;
	}

	@Test
	void followingEveryLinkOfAMailChangesNothing() throws Exception {
		try (TestDatabase.Opened database = this.kind.open();
				var server = UnsubscribeTest.startServer(database);
				TestHerald herald = TestHerald.on(database, "herald.bounce.mailboxes.main.host=imap.example.org",
						"herald.base-url=" + UnsubscribeTest.here(server, ""))) {
			MimeMessage mail = sentMail(herald);
			String host = UnsubscribeTest.here(server, "").toString();
			Set<String> ours = new TreeSet<>();
			links(mail).stream().filter((link) -> link.startsWith(host)).forEach(ours::add);
			assertThat(ours).isNotEmpty().anyMatch((link) -> link.startsWith(host + "/u/"));
			assertThat(mail.getHeader("List-Unsubscribe", null)).contains("<mailto:bounce+");
			Map<String, List<String>> before = dump(database.jdbc());
			assertThat(before.get("subscription")).hasSize(3);

			for (String link : ours) {
				scan(link);
			}

			assertThat(dump(database.jdbc())).isEqualTo(before);
		}
	}

	private static MimeMessage sentMail(TestHerald herald) throws Exception {
		Issue issue = herald.issue(herald.newsletter("weekly", 3), "one");
		int send = herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "a test").id();
		herald.get(SendRunner.class).run(send);
		BuiltInMailbox mailbox = herald.get(BuiltInMailbox.class);
		byte[] mail = mailbox.read(mailbox.list(0, 1).get(0).id());
		return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
	}

	/** Of its header, its text and its HTML, those of every attribute too. */
	private static List<String> links(MimeMessage mail) throws Exception {
		List<String> links = new ArrayList<>();
		for (String line : Collections.list(mail.getAllHeaderLines())) {
			find(line, links);
		}
		MimeMultipart parts = (MimeMultipart) mail.getContent();
		find((String) parts.getBodyPart(0).getContent(), links);
		Jsoup.parse((String) parts.getBodyPart(1).getContent())
			.getAllElements()
			.forEach((element) -> element.attributes().forEach((attribute) -> find(attribute.getValue(), links)));
		return links;
	}

	private static void find(String text, List<String> links) {
		Matcher matcher = LINK.matcher(text);
		while (matcher.find()) {
			links.add(matcher.group());
		}
	}

	private void scan(String link) throws Exception {
		for (String method : List.of("GET", "HEAD", "OPTIONS")) {
			for (String header : List.of("Accept", "Sec-Purpose", "Purpose", "X-Moz")) {
				int status = this.http
					.send(HttpRequest.newBuilder(URI.create(link))
						.method(method, BodyPublishers.noBody())
						.header(header, header.equals("Accept") ? "*/*" : "prefetch")
						.build(), BodyHandlers.discarding())
					.statusCode();
				// The archive shows what was sent; this mail is from a rehearsal.
				assertThat(status).as(method + " " + link).isEqualTo(link.contains("/archive/") ? 404 : 200);
			}
		}
	}

	/** All rows of all tables. */
	private static Map<String, List<String>> dump(JdbcClient jdbc) {
		Map<String, List<String>> rows = new TreeMap<>();
		List<String> tables = jdbc.sql("""
				SELECT table_name FROM information_schema.tables
				WHERE table_schema IN (SELECT DATABASE()) OR table_schema = 'PUBLIC'
				""").query(String.class).list();
		for (String table : tables) {
			rows.put(table.toLowerCase(Locale.ROOT), jdbc.sql("SELECT * FROM " + table).query((row, number) -> {
				List<String> cells = new ArrayList<>();
				for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
					cells.add(Objects.toString(row.getString(column)));
				}
				return String.join("|", cells);
			}).list());
		}
		return rows;
	}

}
