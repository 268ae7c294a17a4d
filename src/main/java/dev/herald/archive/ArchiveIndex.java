package dev.herald.archive;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.herald.archive.PublishedIssues.Published;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.ArchiveCompiler;
import dev.herald.render.ArchiveContent;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Titles, summaries and words of what is public, kept by version: written when they are
 * first asked for, so that an import, a restored backup and a new version need nobody to
 * think of them. A search looks for each word as it stands anywhere in title or text,
 * which suits scripts without spaces, and needs no index of a database's own.
 * Thread-safe.
 */
@Component
class ArchiveIndex {

	/** Written at one request; of an installation with more, the next goes on. */
	private static final int MOST_AT_ONCE = 200;

	/** Of one search; what else was typed narrows it no further. */
	private static final int MOST_WORDS = 8;

	/** Fits its columns. */
	private static final int LONGEST_LINE = 500;

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

	private final Issues issues;

	private final ArchiveCompiler compiler;

	private final JdbcClient jdbc;

	ArchiveIndex(Issues issues, ArchiveCompiler compiler, JdbcClient jdbc) {
		this.issues = issues;
		this.compiler = compiler;
		this.jdbc = jdbc;
	}

	/** By issue; of those that are not written yet, their titles of today. */
	Map<Integer, Line> lines(Newsletter newsletter, List<Published> published) {
		Map<Integer, Line> lines = new HashMap<>();
		this.jdbc.sql("SELECT issue_id, version_id, title, summary FROM archived_issue WHERE newsletter_id = ?")
			.param(newsletter.id())
			.query((row) -> {
				lines.put(row.getInt("issue_id"),
						new Line(row.getInt("version_id"), row.getString("title"), row.getString("summary")));
			});
		int written = 0;
		for (Published issue : published) {
			Line line = lines.get(issue.issueId());
			if (line == null || line.versionId() != issue.versionId()) {
				lines.put(issue.issueId(), (written++ < MOST_AT_ONCE) ? write(newsletter, issue)
						: new Line(issue.versionId(), issue.title(), ""));
			}
		}
		return lines;
	}

	private Line write(Newsletter newsletter, Published issue) {
		ArchiveContent content = this.compiler.content(this.issues.source(issue.versionId()), newsletter);
		Line line = new Line(issue.versionId(), cut(content.title()), cut(content.summary()));
		this.jdbc.sql("""
				INSERT INTO archived_issue (issue_id, newsletter_id, version_id, title, summary, words)
				VALUES (:issue, :newsletter, :version, :title, :summary, :words)
				ON DUPLICATE KEY UPDATE version_id = VALUES(version_id), title = VALUES(title),
				                        summary = VALUES(summary), words = VALUES(words)
				""")
			.param("issue", issue.issueId())
			.param("newsletter", newsletter.id())
			.param("version", line.versionId())
			.param("title", line.title())
			.param("summary", line.summary())
			.param("words", folded(content.title() + " " + content.summary() + " " + content.text()))
			.update();
		return line;
	}

	/** The issues that have all words of a query. */
	List<Integer> find(Newsletter newsletter, String query) {
		List<String> words = SPACE.splitAsStream(folded(query))
			.filter((word) -> !word.isEmpty())
			.distinct()
			.limit(MOST_WORDS)
			.toList();
		if (words.isEmpty()) {
			return List.of();
		}
		String all = IntStream.range(0, words.size())
			.mapToObj((i) -> " AND LOCATE(:word" + i + ", words) > 0")
			.collect(Collectors.joining());
		JdbcClient.StatementSpec search = this.jdbc
			.sql("SELECT issue_id FROM archived_issue WHERE newsletter_id = :newsletter" + all)
			.param("newsletter", newsletter.id());
		for (int i = 0; i < words.size(); i++) {
			search = search.param("word" + i, words.get(i));
		}
		return search.query(Integer.class).list();
	}

	/** Case, accents and the width of characters make no difference. */
	static String folded(String text) {
		String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
		return SPACE.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
			.replaceAll(" ");
	}

	private static String cut(String line) {
		if (line.length() <= LONGEST_LINE) {
			return line;
		}
		return line.substring(0,
				Character.isHighSurrogate(line.charAt(LONGEST_LINE - 1)) ? LONGEST_LINE - 1 : LONGEST_LINE);
	}

	/**
	 * @param versionId that it is of
	 * @param summary may be empty
	 */
	record Line(int versionId, String title, String summary) {
	}

}
