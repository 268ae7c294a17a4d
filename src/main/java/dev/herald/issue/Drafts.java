package dev.herald.issue;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/**
 * What editors have typed and not made a version of. A text that was kept is replaced
 * only by whoever has seen it: everybody else's becomes a draft beside it. Thread-safe.
 */
@Component
public class Drafts {

	/** In octets of UTF-8, with LF as line ends. */
	public static final int MAX_SIZE = 1024 * 1024;

	/** Of one person for one issue. More than tabs anybody has open. */
	private static final int MOST = 10;

	private static final String DRAFT = "SELECT id, issue_id, based_on, writer, kept_at, revision FROM issue_draft ";

	private final JdbcClient jdbc;

	private final Clock clock;

	Drafts(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Of everybody, the last kept first. */
	public List<Draft> ofIssue(int issueId) {
		return this.jdbc.sql(DRAFT + "WHERE issue_id = ? AND discarded = 0 ORDER BY kept_at DESC, id DESC")
			.param(issueId)
			.query(Drafts::draft)
			.list();
	}

	/** Of everybody, for all issues of a newsletter, the last kept first. */
	public List<Draft> ofNewsletter(int newsletterId) {
		return this.jdbc.sql(DRAFT + """
				WHERE issue_id IN (SELECT i.id FROM issue i WHERE i.newsletter_id = ?) AND discarded = 0
				ORDER BY kept_at DESC, id DESC
				""").param(newsletterId).query(Drafts::draft).list();
	}

	/** Anybody's; empty where it was discarded or has become a version. */
	public Optional<Draft> find(Issue issue, int id) {
		return this.jdbc.sql(DRAFT + "WHERE id = ? AND issue_id = ? AND discarded = 0")
			.params(id, issue.id())
			.query(Drafts::draft)
			.optional();
	}

	/** With LF as line ends. */
	public String text(Draft draft) {
		return new String(this.jdbc.sql("SELECT text FROM issue_draft WHERE id = ?")
			.param(draft.id())
			.query(byte[].class)
			.optional()
			.orElse(new byte[0]), StandardCharsets.UTF_8);
	}

	/**
	 * Keeps what somebody has typed.
	 * @param seen the draft as the writer last saw it; null where this is the first time
	 * @param basedOn the version that the writer began with
	 * @throws Problem when the text is too long or there are too many drafts; nothing is
	 * changed then
	 */
	public Keeping keep(Issue issue, String writer, @Nullable Seen seen, int basedOn, String text) {
		byte[] octets = octets(text);
		if (seen == null) {
			return new Keeping.Kept(insert(issue, writer, basedOn, octets));
		}
		int replaced = this.jdbc.sql("""
				UPDATE issue_draft SET text = ?, based_on = ?, kept_at = ?, revision = revision + 1
				WHERE id = ? AND revision = ? AND issue_id = ? AND writer = ? AND discarded = 0
				""")
			.params(octets, basedOn, Utc.of(this.clock.instant()), seen.id(), seen.revision(), issue.id(), writer)
			.update();
		Optional<Draft> stored = find(issue, seen.id());
		if (replaced == 1 && stored.isPresent()) {
			return new Keeping.Kept(stored.get());
		}
		// The answer to the first try may have been lost on its way.
		if (stored.isPresent() && stored.get().writer().equals(writer) && text(stored.get()).equals(normal(text))) {
			return new Keeping.Kept(stored.get());
		}
		Draft beside = insert(issue, writer, basedOn, octets);
		return stored.<Keeping>map((other) -> new Keeping.KeptBeside(beside, other))
			.orElseGet(() -> new Keeping.Kept(beside));
	}

	private Draft insert(Issue issue, String writer, int basedOn, byte[] octets) {
		long open = ofIssue(issue.id()).stream().filter((draft) -> draft.writer().equals(writer)).count();
		if (open >= MOST) {
			throw Problem.work(Sentence.of("issue.drafts.many", open, issue.slug()));
		}
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO issue_draft (issue_id, based_on, writer, text, kept_at, revision, discarded)
				VALUES (?, ?, ?, ?, ?, 1, 0)
				""").params(issue.id(), basedOn, writer, octets, Utc.of(this.clock.instant())).update(key, "id");
		return find(issue, Objects.requireNonNull(key.getKey()).intValue()).orElseThrow();
	}

	/**
	 * Sets a draft aside. It can be brought back until its writer discards another one of
	 * the issue.
	 * @return false where it is not the writer's, or not there
	 */
	public boolean discard(Issue issue, String writer, int id) {
		int discarded = this.jdbc
			.sql("UPDATE issue_draft SET discarded = 1 WHERE id = ? AND issue_id = ? AND writer = ? AND discarded = 0")
			.params(id, issue.id(), writer)
			.update();
		if (discarded == 1) {
			this.jdbc.sql("DELETE FROM issue_draft WHERE issue_id = ? AND writer = ? AND discarded = 1 AND id <> ?")
				.params(issue.id(), writer, id)
				.update();
		}
		return discarded == 1;
	}

	/**
	 * @return false where there is nothing to bring back
	 */
	public boolean bringBack(Issue issue, String writer, int id) {
		return this.jdbc
			.sql("UPDATE issue_draft SET discarded = 0 WHERE id = ? AND issue_id = ? AND writer = ? AND discarded = 1")
			.params(id, issue.id(), writer)
			.update() == 1;
	}

	/** What has become a version is no draft any more, unless it was typed on since. */
	void end(Seen seen) {
		this.jdbc.sql("DELETE FROM issue_draft WHERE id = ? AND revision = ?")
			.params(seen.id(), seen.revision())
			.update();
	}

	/** Browsers send a text with CR LF. */
	static String normal(String text) {
		return text.replace("\r\n", "\n").replace('\r', '\n');
	}

	static byte[] octets(String text) {
		byte[] octets = normal(text).getBytes(StandardCharsets.UTF_8);
		if (octets.length > MAX_SIZE) {
			throw Problem.work(Sentence.of("issue.draft.large", octets.length, MAX_SIZE));
		}
		return octets;
	}

	private static Draft draft(ResultSet row, int number) throws SQLException {
		return new Draft(row.getInt("id"), row.getInt("issue_id"), row.getInt("based_on"), row.getString("writer"),
				Utc.read(row, "kept_at"), row.getInt("revision"));
	}

	/** A draft as somebody saw it last. */
	public record Seen(int id, int revision) {
	}

	/** What became of a text that was to be kept: in either case it is. */
	public sealed interface Keeping {

		Draft draft();

		record Kept(Draft draft) implements Keeping {
		}

		/**
		 * @param other what is in the place that the text would have had: another tab's,
		 * or another person's
		 */
		record KeptBeside(Draft draft, Draft other) implements Keeping {
		}

	}

}
