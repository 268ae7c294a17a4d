package dev.herald.issue;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.digest.Sha256;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The issues of this installation and the versions of their source. Thread-safe. */
@Component
public class Issues {

	private static final String COLUMNS = "i.id, i.newsletter_id, i.slug, i.title, i.issue_date, i.current_version";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Issues(JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Imports a file. The same content under the same slug again is no error and changes
	 * nothing.
	 * @param slug instead of the file's own; may be null
	 * @throws Problem when the slug exists with other content
	 */
	public ImportOutcome importFile(Newsletter newsletter, String fileName, byte[] content, @Nullable String slug) {
		IssueSource source = IssueReader.read(fileName, content);
		String wanted = (slug != null) ? checked(slug) : source.slug();
		String sha256 = Sha256.hex(content);
		Optional<ImportOutcome> known = known(newsletter, source, wanted, sha256);
		if (known.isPresent()) {
			return known.get();
		}
		try {
			return new ImportOutcome.Imported(Objects.requireNonNull(this.transactions
				.execute((status) -> insert(newsletter, source, wanted, content, Action.ISSUE_IMPORTED))));
		}
		catch (DuplicateKeyException ex) {
			// Somebody else imported it between the look and the insert.
			return known(newsletter, source, wanted, sha256).orElseThrow(() -> ex);
		}
	}

	/**
	 * Begins an issue that is to be written here: its first version is a heading.
	 * @param title a line of text
	 * @param slug instead of the title's; may be null
	 * @throws Problem when there is no title, or the slug is taken
	 */
	public Issue begin(Newsletter newsletter, String title, @Nullable String slug) {
		IssueSource source = IssueReader.begin(title);
		String wanted = (slug != null) ? checked(slug) : source.slug();
		byte[] content = source.markdown().getBytes(StandardCharsets.UTF_8);
		try {
			return Objects.requireNonNull(this.transactions
				.execute((status) -> insert(newsletter, source, wanted, content, Action.ISSUE_BEGUN)));
		}
		catch (DuplicateKeyException ex) {
			throw new Problem(Problem.Kind.WORK,
					Sentence.of("issue.there", newsletter.key(), wanted, freeSlug(newsletter.id(), wanted)), ex);
		}
	}

	private static String checked(String slug) {
		String safe = Slug.of(slug);
		if (!safe.equals(slug)) {
			throw Problem
				.usage(safe.isEmpty() ? Sentence.of("issue.slug", slug) : Sentence.of("issue.slug.as", slug, safe));
		}
		return slug;
	}

	private Optional<ImportOutcome> known(Newsletter newsletter, IssueSource source, String slug, String sha256) {
		Optional<Issue> found = find(newsletter.id(), slug);
		if (found.isEmpty()) {
			return Optional.empty();
		}
		String stored = this.jdbc.sql("SELECT sha256 FROM issue_version WHERE id = ?")
			.param(found.get().versionId())
			.query(String.class)
			.single();
		if (stored.equals(sha256)) {
			return Optional.of(new ImportOutcome.Unchanged(found.get()));
		}
		throw Problem.work(Sentence.of("issue.there.other", source.fileName(), newsletter.key(), slug,
				found.get().title(), freeSlug(newsletter.id(), slug)));
	}

	private String freeSlug(int newsletterId, String slug) {
		int number = 2;
		while (find(newsletterId, slug + "-" + number).isPresent()) {
			number++;
		}
		return slug + "-" + number;
	}

	private Issue insert(Newsletter newsletter, IssueSource source, String slug, byte[] content, Action action) {
		String sha256 = Sha256.hex(content);
		GeneratedKeyHolder issueKey = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO issue (newsletter_id, slug, title, issue_date, current_version, created_at)
				VALUES (?, ?, ?, ?, 0, ?)
				""")
			.param(newsletter.id())
			.param(slug)
			.param(source.title())
			.param(source.date())
			.param(Utc.of(this.clock.instant()))
			.update(issueKey, "id");
		int issueId = Objects.requireNonNull(issueKey.getKey()).intValue();
		GeneratedKeyHolder versionKey = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO issue_version (issue_id, number, file_name, source, sha256, created_at)
				VALUES (?, 1, ?, ?, ?, ?)
				""")
			.params(issueId, source.fileName(), content, sha256, Utc.of(this.clock.instant()))
			.update(versionKey, "id");
		int versionId = Objects.requireNonNull(versionKey.getKey()).intValue();
		this.jdbc.sql("UPDATE issue SET current_version = ? WHERE id = ?").params(versionId, issueId).update();
		this.events.publishEvent(Change.of(action, newsletter.key() + "/" + slug)
			.with("title", source.title())
			.with("file", source.fileName())
			.with("sha256", sha256));
		return new Issue(issueId, newsletter.id(), slug, source.title(), source.date(), versionId);
	}

	private Optional<Issue> find(int newsletterId, String slug) {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM issue i WHERE i.newsletter_id = ? AND i.slug = ?")
			.params(newsletterId, slug)
			.query(Issues::issue)
			.optional();
	}

	/**
	 * @param newsletterKey may be null where the slug is unique in the installation
	 * @throws Problem (usage) when there is none, or several and no key; lists the
	 * candidates
	 */
	public Issue require(String slug, @Nullable String newsletterKey) {
		return new IssueSearch(this.jdbc).require(slug, newsletterKey);
	}

	/**
	 * @throws Problem (usage) when there is none
	 */
	public Issue byId(int id) {
		return this.jdbc.sql("SELECT " + COLUMNS + " FROM issue i WHERE i.id = ?")
			.param(id)
			.query(Issues::issue)
			.optional()
			.orElseThrow(() -> Problem.usage(Sentence.of("issue.unknown.number", String.valueOf(id))));
	}

	/**
	 * The source of one version, read again from its stored bytes. Its slug is the
	 * issue's, which an import may have chosen otherwise than the file.
	 * @throws Problem (usage) when there is none
	 */
	public IssueSource source(int versionId) {
		return this.jdbc.sql("""
				SELECT v.file_name, v.source, i.slug FROM issue_version v JOIN issue i ON i.id = v.issue_id
				WHERE v.id = ?
				""")
			.param(versionId)
			.query((row, number) -> IssueReader.read(row.getString("file_name"), row.getBytes("source"))
				.withSlug(row.getString("slug")))
			.optional()
			.orElseThrow(() -> Problem.usage(Sentence.of("issue.unknown.version-number", String.valueOf(versionId))));
	}

	public int count(int newsletterId) {
		return this.jdbc.sql("SELECT COUNT(*) FROM issue WHERE newsletter_id = ?")
			.param(newsletterId)
			.query(Integer.class)
			.single();
	}

	/**
	 * A newsletter's issues, newest first.
	 * @param skip how many newer ones to leave out
	 * @param most how many there are at most
	 */
	public List<Issue> newest(int newsletterId, int skip, int most) {
		return this.jdbc.sql("SELECT " + COLUMNS + """
				 FROM issue i WHERE i.newsletter_id = ?
				ORDER BY COALESCE(i.issue_date, CAST(i.created_at AS DATE)) DESC, i.id DESC LIMIT ? OFFSET ?
				""").params(newsletterId, most, skip).query(Issues::issue).list();
	}

	static Issue issue(ResultSet row, int number) throws SQLException {
		return new Issue(row.getInt("id"), row.getInt("newsletter_id"), row.getString("slug"), row.getString("title"),
				row.getObject("issue_date", LocalDate.class), row.getInt("current_version"));
	}

	public sealed interface ImportOutcome {

		Issue issue();

		record Imported(Issue issue) implements ImportOutcome {
		}

		record Unchanged(Issue issue) implements ImportOutcome {
		}

	}

}
