package dev.herald.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which issues the public may read, and in which version. Thread-safe. */
@Component
public class PublishedIssues {

	private final Newsletters newsletters;

	/** A send with a reader; see {@link #sentVersion}. */
	private static final String READ = """
			s.rehearsal = 0 AND EXISTS (SELECT 1 FROM delivery d WHERE d.send_id = s.id AND d.state IN (1, 2, 5))
			""";

	/** The delay counts from the first of them. */
	private static final String FIRST_IS_OLD = """
			AND EXISTS (SELECT 1 FROM send f WHERE f.issue_id = i.id AND f.rehearsal = 0 AND f.started_at <= :until
			            AND EXISTS (SELECT 1 FROM delivery e WHERE e.send_id = f.id AND e.state IN (1, 2, 5)))
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	PublishedIssues(Newsletters newsletters, JdbcClient jdbc, Clock clock) {
		this.newsletters = newsletters;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Empty for whatever is not public, for any reason: unknown, not sent, rehearsed
	 * only, of a newsletter without archive or whose archive comes later.
	 */
	public Optional<Edition> find(String newsletterKey, String slug) {
		return this.newsletters.find(newsletterKey)
			.filter(Newsletter::archived)
			.flatMap((newsletter) -> sentVersion(newsletter, slug).map((id) -> new Edition(newsletter, id, true)));
	}

	/** A newsletter whose archive is for everybody. */
	Optional<Newsletter> open(String newsletterKey) {
		return this.newsletters.find(newsletterKey).filter(Newsletter::archived);
	}

	/** All whose archives are for everybody, by key. */
	List<Newsletter> open() {
		return this.newsletters.all().stream().filter(Newsletter::archived).toList();
	}

	/** What is public of a newsletter, the last first. */
	List<Published> of(Newsletter newsletter) {
		Duration delay = newsletter.archiveDelay().length();
		return this.jdbc.sql("""
				SELECT p.id, p.slug, p.title, p.issue_date, p.first_at, l.started_at, l.zone, l.issue_version_id
				FROM (SELECT i.id, i.slug, i.title, i.issue_date, MIN(s.started_at) AS first_at, MAX(s.id) AS last_send
				      FROM issue i JOIN send s ON s.issue_id = i.id
				      WHERE i.newsletter_id = :newsletter AND s.started_at IS NOT NULL AND %s
				      GROUP BY i.id, i.slug, i.title, i.issue_date) p
				JOIN send l ON l.id = p.last_send
				WHERE p.first_at <= :until
				ORDER BY p.first_at DESC, p.id DESC
				""".formatted(READ))
			.param("newsletter", newsletter.id())
			.param("until", Utc.of(this.clock.instant().minus(delay)))
			.query((row, n) -> new Published(row.getInt("id"), row.getInt("issue_version_id"), row.getString("slug"),
					row.getString("title"), row.getObject("issue_date", LocalDate.class),
					Utc.read(row, "first_at").plus(delay), Utc.read(row, "started_at").plus(delay),
					ZoneId.of(row.getString("zone"))))
			.list();
	}

	/**
	 * An issue as it is now, gone out or not. Only for those who may read what is not
	 * public.
	 */
	Optional<Edition> draft(String newsletterKey, String slug) {
		return this.newsletters.find(newsletterKey)
			.filter(Newsletter::archived)
			.flatMap((newsletter) -> newestVersion(newsletter.id(), slug)
				.map((id) -> new Edition(newsletter, id, false)));
	}

	/**
	 * The version that the latest send with a reader delivers. A reader is whom a relay
	 * took a mail for (2), may have taken one (5) or is being given one for (1): a claim
	 * is committed before DATA, so the link in the first mail leads to a page.
	 */
	private Optional<Integer> sentVersion(Newsletter newsletter, String slug) {
		return this.jdbc.sql("""
				SELECT s.issue_version_id FROM issue i JOIN send s ON s.issue_id = i.id
				WHERE i.newsletter_id = :newsletter AND i.slug = :slug AND %s %s
				ORDER BY s.id DESC LIMIT 1
				""".formatted(READ, newsletter.archiveDelay().length().isZero() ? "" : FIRST_IS_OLD))
			.param("newsletter", newsletter.id())
			.param("slug", slug)
			.param("until", Utc.of(this.clock.instant().minus(newsletter.archiveDelay().length())))
			.query(Integer.class)
			.optional();
	}

	private Optional<Integer> newestVersion(int newsletterId, String slug) {
		return this.jdbc.sql("SELECT current_version FROM issue WHERE newsletter_id = ? AND slug = ?")
			.params(newsletterId, slug)
			.query(Integer.class)
			.optional();
	}

	/**
	 * @param versionId of the issue's source; where it is published, the one that was
	 * sent
	 */
	public record Edition(Newsletter newsletter, int versionId, boolean published) {
	}

	/**
	 * An issue that everybody may read.
	 *
	 * @param versionId of the source that was sent last
	 * @param title of the version of today
	 * @param at since when it is public
	 * @param changedAt when it was sent last, as later as the archive is
	 * @param zone of its last send
	 */
	record Published(int issueId, int versionId, String slug, String title, @Nullable LocalDate date, Instant at,
			Instant changedAt, ZoneId zone) {

		/** Its own, or the one it went out on. */
		LocalDate day() {
			return (this.date != null) ? this.date : LocalDate.ofInstant(this.at, this.zone);
		}

	}

}
