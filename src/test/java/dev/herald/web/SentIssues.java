package dev.herald.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import dev.herald.address.Mailbox;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.SubscriberImport;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A newsletter weekly of 240 readers with hostile names, one of whom is a formula, and
 * what became of its issues: of each 200 accepted, 20 rejected by a relay with markup in
 * its reply, 20 uncertain, one bounced.
 */
@TestComponent
class SentIssues {

	static final String HOSTILE = "<img src=x onerror=alert(1)>\"'&";

	/** Where a link of every issue leads. */
	static final String KETTLES = "https://example.org/kettles?a=1&b=2";

	private final Newsletters newsletters;

	private final Issues issues;

	private final SubscriberImport imports;

	private final JdbcClient jdbc;

	SentIssues(Newsletters newsletters, Issues issues, SubscriberImport imports, JdbcClient jdbc) {
		this.newsletters = newsletters;
		this.issues = issues;
		this.imports = imports;
		this.jdbc = jdbc;
	}

	Newsletter newsletter(Path folder) throws IOException {
		Newsletter newsletter = this.newsletters.create("weekly", new NewsletterSettings("Weekly " + HOSTILE,
				Mailbox.parse("Weekly <weekly@example.org>"), null, Locale.ENGLISH, null, "1 Kettle Street"));
		StringBuilder csv = new StringBuilder("email,name\n");
		for (int i = 1; i <= 240; i++) {
			String name = (i == 3) ? "'=HYPERLINK(\"\"http://evil.example\"\")" : HOSTILE.replace("\"", "\"\"");
			csv.append("reader").append(i).append("@example.org,\"").append(name).append("\"\n");
		}
		Path file = Files.writeString(folder.resolve("readers.csv"), csv);
		this.imports.run(file, newsletter, folder.resolve("rejects.csv"), false);
		return newsletter;
	}

	/**
	 * @param date of the send, yyyy-MM-dd
	 * @param rejected one in so many
	 */
	Issue sent(Newsletter newsletter, String slug, String date, int rejected) {
		Issue issue = this.issues
			.importFile(newsletter, slug + ".md",
					("# " + slug + " " + HOSTILE + "\n\nHello, [kettles](" + KETTLES + ").\n")
						.getBytes(StandardCharsets.UTF_8),
					slug)
			.issue();
		this.jdbc
			.sql("""
					INSERT INTO send (issue_id, issue_version_id, status, rehearsal, due_at, zone, subscriptions, recipients,
					                  unconfirmed, unsubscribed, suppressed, paused, already_in_ledger, requested_by,
					                  created_at, started_at, finished_at)
					VALUES (:issue, :version, 'DONE', 0, :at, 'Asia/Shanghai', 240, 240, 0, 0, 0, 0, 0, 'ada', :at, :at, :at)
					""")
			.param("issue", issue.id())
			.param("version", issue.versionId())
			.param("at", date + " 08:00:00")
			.update();
		this.jdbc
			.sql("""
					INSERT INTO delivery (issue_id, subscriber_id, send_id, state, provider, attempts, due_at, next_at, changed_at)
					SELECT :issue, s.id, (SELECT MAX(o.id) FROM send o),
					CASE WHEN MOD(s.id, :rejected) = 0 THEN 4 WHEN MOD(s.id, 12) = 5 THEN 5 ELSE 2 END, MOD(s.id, 2), 1, 0, 0,
					217000020 + s.id * 5 FROM subscriber s
					""")
			.param("issue", issue.id())
			.param("rejected", rejected)
			.update();
		this.jdbc.sql("""
				INSERT INTO send_traffic
				VALUES ((SELECT MAX(id) FROM send), 1, 'gmail', 0, 0, 0, 0, 0, '', '2026-11-24')
				""").update();
		this.jdbc.sql("""
				INSERT INTO delivery_reply (issue_id, subscriber_id, code, status, reply, replied_at)
				SELECT issue_id, subscriber_id, 550, '5.7.1', :reply, '2026-11-24' FROM delivery
				WHERE state = 4 AND issue_id = :issue
				""").param("reply", "550 " + HOSTILE).param("issue", issue.id()).update();
		this.jdbc
			.sql("""
					INSERT INTO bounce (issue_id, subscriber_id, send_id, provider, report_sha256, bounce_class, status, action, reason,
					                    evidence, received_at)
					VALUES (?, 1, (SELECT MAX(id) FROM send), 1, 'x', 'HARD', '5.1.1', 'failed', 'userunknown', ?, '2026-11-24')
					""")
			.params(issue.id(), HOSTILE)
			.update();
		return issue;
	}

}
