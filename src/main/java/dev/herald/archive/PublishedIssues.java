package dev.herald.archive;

import java.util.Optional;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which issues the public may read, and in which version. Thread-safe. */
@Component
public class PublishedIssues {

	private final Newsletters newsletters;

	private final JdbcClient jdbc;

	PublishedIssues(Newsletters newsletters, JdbcClient jdbc) {
		this.newsletters = newsletters;
		this.jdbc = jdbc;
	}

	/**
	 * Empty for whatever is not public, for any reason: unknown, not sent, rehearsed
	 * only, of a newsletter without archive.
	 */
	public Optional<Edition> find(String newsletterKey, String slug) {
		return this.newsletters.find(newsletterKey)
			.filter(Newsletter::archived)
			.flatMap((newsletter) -> sentVersion(newsletter.id(), slug).map((id) -> new Edition(newsletter, id, true)));
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
	private Optional<Integer> sentVersion(int newsletterId, String slug) {
		return this.jdbc.sql("""
				SELECT s.issue_version_id FROM issue i JOIN send s ON s.issue_id = i.id
				WHERE i.newsletter_id = ? AND i.slug = ? AND s.rehearsal = 0
				AND EXISTS (SELECT 1 FROM delivery d WHERE d.send_id = s.id AND d.state IN (1, 2, 5))
				ORDER BY s.id DESC LIMIT 1
				""").params(newsletterId, slug).query(Integer.class).optional();
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

}
