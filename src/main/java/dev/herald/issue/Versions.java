package dev.herald.issue;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.digest.Sha256;
import dev.herald.issue.Drafts.Seen;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.schema.Utc;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The versions of each issue, and how a text becomes one. Thread-safe. */
@Component
public class Versions {

	private static final String VERSION = """
			SELECT v.id, v.issue_id, v.number, v.file_name, v.writer, v.created_at FROM issue_version v
			""";

	private final JdbcClient jdbc;

	private final Drafts drafts;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	Versions(JdbcClient jdbc, Drafts drafts, TransactionTemplate transactions, ApplicationEventPublisher events,
			Clock clock) {
		this.jdbc = jdbc;
		this.drafts = drafts;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	/** Newest first. */
	public List<Version> ofIssue(int issueId) {
		return this.jdbc.sql(VERSION + "WHERE v.issue_id = ? ORDER BY v.number DESC")
			.param(issueId)
			.query(Versions::version)
			.list();
	}

	/** The one that a send would send if it were asked for now. */
	public Version current(Issue issue) {
		return byId(issue, issue.versionId()).orElseThrow();
	}

	public Optional<Version> byId(Issue issue, int id) {
		return this.jdbc.sql(VERSION + "WHERE v.issue_id = ? AND v.id = ?")
			.params(issue.id(), id)
			.query(Versions::version)
			.optional();
	}

	/**
	 * @throws Problem (usage) when there is none
	 */
	public Version byNumber(Issue issue, int number) {
		return this.jdbc.sql(VERSION + "WHERE v.issue_id = ? AND v.number = ?")
			.params(issue.id(), number)
			.query(Versions::version)
			.optional()
			.orElseThrow(() -> Problem.usage(Sentence.of("issue.unknown.version", issue.slug(), number)));
	}

	/** As an editor sees it: without BOM, with LF as line ends. */
	public String text(Version version) {
		return SourceText.decode(version.fileName(),
				this.jdbc.sql("SELECT source FROM issue_version WHERE id = ?")
					.param(version.id())
					.query(byte[].class)
					.single());
	}

	/** Whether nothing was typed: line ends count for nothing. */
	public boolean isTextOf(Version version, String text) {
		return text(version).equals(Drafts.normal(text));
	}

	/**
	 * What the issue would be if this text were saved.
	 * @throws Problem naming the line of what can't be read
	 */
	public IssueSource read(Issue issue, String text) {
		return IssueReader.read(current(issue).fileName(), Drafts.octets(text)).withSlug(issue.slug());
	}

	/**
	 * Makes a text the issue's newest version. Its slug stays; title and date are those
	 * of the text. Sends that were asked for before keep the version they name.
	 * @param basedOn the version that the writer began with, or has seen since
	 * @param draft ends, if nobody has typed on in it; may be null
	 * @throws Problem naming the line of what can't be read; nothing is changed then
	 */
	public Saving save(Issue issue, int basedOn, String text, String writer, @Nullable Seen draft) {
		IssueSource source = read(issue, text);
		byte[] octets = Drafts.octets(text);
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			Saving saving = saved(issue, basedOn, source, octets, writer);
			if (draft != null && !(saving instanceof Saving.Conflict)) {
				this.drafts.end(draft);
			}
			return saving;
		}));
	}

	private Saving saved(Issue issue, int basedOn, IssueSource source, byte[] octets, String writer) {
		int currentId = this.jdbc.sql("SELECT current_version FROM issue WHERE id = ? FOR UPDATE")
			.param(issue.id())
			.query(Integer.class)
			.single();
		Version current = byId(issue, currentId).orElseThrow();
		if (text(current).equals(new String(octets, StandardCharsets.UTF_8))) {
			return new Saving.Unchanged(current);
		}
		if (currentId != basedOn) {
			return new Saving.Conflict(current);
		}
		int number = this.jdbc.sql("SELECT MAX(number) + 1 FROM issue_version WHERE issue_id = ?")
			.param(issue.id())
			.query(Integer.class)
			.single();
		int versionId = insert(issue.id(), number, source.fileName(), octets, writer);
		this.jdbc.sql("UPDATE issue SET title = ?, issue_date = ?, current_version = ? WHERE id = ?")
			.param(source.title())
			.param(source.date())
			.param(versionId)
			.param(issue.id())
			.update();
		this.events.publishEvent(Change.of(Action.ISSUE_CHANGED, issue.slug())
			.with("version", current.number(), number)
			.with("title", issue.title(), source.title()));
		return new Saving.Saved(byId(issue, versionId).orElseThrow());
	}

	private int insert(int issueId, int number, String fileName, byte[] octets, String writer) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO issue_version (issue_id, number, file_name, source, sha256, writer, created_at)
				VALUES (?, ?, ?, ?, ?, ?, ?)
				""")
			.params(issueId, number, fileName, octets, Sha256.hex(octets), writer, Utc.of(this.clock.instant()))
			.update(key, "id");
		return Objects.requireNonNull(key.getKey()).intValue();
	}

	private static Version version(ResultSet row, int number) throws SQLException {
		return new Version(row.getInt("id"), row.getInt("issue_id"), row.getInt("number"), row.getString("file_name"),
				row.getString("writer"), Utc.read(row, "created_at"));
	}

	/** What became of a text that was to be saved. */
	public sealed interface Saving {

		record Saved(Version version) implements Saving {
		}

		/** The newest version has this text already. */
		record Unchanged(Version version) implements Saving {
		}

		/**
		 * Nothing was saved: the writer has not seen the newest version.
		 *
		 * @param newest somebody saved it in between
		 */
		record Conflict(Version newest) implements Saving {
		}

	}

}
