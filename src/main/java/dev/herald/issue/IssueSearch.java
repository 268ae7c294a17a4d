package dev.herald.issue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the issue that a person means by a slug, or says which there are. */
final class IssueSearch {

	/** How many of the newest issues a mistyped slug is compared with. */
	private static final int LOOKED_AT = 500;

	private static final int SHOWN = 5;

	private final JdbcClient jdbc;

	IssueSearch(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	private record Candidate(Issue issue, String newsletterKey) {

		String path() {
			return this.newsletterKey + "/" + this.issue.slug();
		}

	}

	Issue require(String slug, @Nullable String newsletterKey) {
		if (newsletterKey != null) {
			requireNewsletter(newsletterKey);
		}
		List<Candidate> found = withSlug(slug, newsletterKey);
		if (found.isEmpty()) {
			found = withSlug(Slug.of(slug), newsletterKey);
		}
		if (found.isEmpty()) {
			throw unknown(slug, newsletterKey);
		}
		if (found.size() > 1) {
			throw Problem.usage(Sentence.of("issue.several", slug, paths(found)));
		}
		return found.get(0).issue();
	}

	private void requireNewsletter(String key) {
		List<String> keys = this.jdbc.sql("SELECT name_key FROM newsletter ORDER BY name_key")
			.query(String.class)
			.list();
		if (!keys.contains(key)) {
			throw Problem.usage(keys.isEmpty() ? Sentence.of("issue.no-newsletter", key)
					: Sentence.of("issue.no-newsletter.others", key, String.join(", ", keys)));
		}
	}

	private List<Candidate> withSlug(String slug, @Nullable String newsletterKey) {
		return this.jdbc.sql("""
				SELECT i.id, i.newsletter_id, i.slug, i.title, i.issue_date, i.current_version, n.name_key
				FROM issue i JOIN newsletter n ON n.id = i.newsletter_id
				WHERE i.slug = :slug AND (:key IS NULL OR n.name_key = :key)
				ORDER BY n.name_key
				""")
			.param("slug", slug)
			.param("key", newsletterKey)
			.query((row, number) -> new Candidate(Issues.issue(row, number), row.getString("name_key")))
			.list();
	}

	private Problem unknown(String slug, @Nullable String newsletterKey) {
		List<Candidate> recent = this.jdbc.sql("""
				SELECT i.id, i.newsletter_id, i.slug, i.title, i.issue_date, i.current_version, n.name_key
				FROM issue i JOIN newsletter n ON n.id = i.newsletter_id
				WHERE :key IS NULL OR n.name_key = :key
				ORDER BY i.id DESC LIMIT :count
				""")
			.param("key", newsletterKey)
			.param("count", LOOKED_AT)
			.query((row, number) -> new Candidate(Issues.issue(row, number), row.getString("name_key")))
			.list();
		Sentence unknown = (newsletterKey != null) ? Sentence.of("issue.unknown.in-newsletter", slug, newsletterKey)
				: Sentence.of("issue.unknown", slug);
		if (recent.isEmpty()) {
			return Problem.usage(Sentence.of("issue.unknown.nor-others", unknown));
		}
		List<Candidate> near = recent.stream()
			.filter((candidate) -> isNear(slug, candidate.issue().slug()))
			.sorted(Comparator.comparingInt((candidate) -> distance(slug, candidate.issue().slug())))
			.toList();
		return Problem.usage(near.isEmpty() ? Sentence.of("issue.unknown.newest", unknown, paths(recent))
				: Sentence.of("issue.unknown.near", unknown, paths(near)));
	}

	private static String paths(List<Candidate> candidates) {
		List<String> shown = new ArrayList<>(candidates.stream().limit(SHOWN).map(Candidate::path).toList());
		if (candidates.size() > SHOWN) {
			shown.add("…");
		}
		return String.join(", ", shown);
	}

	private static boolean isNear(String typed, String slug) {
		if (typed.length() > Slug.MAX_LENGTH) {
			return false;
		}
		boolean part = typed.length() >= 3 && (slug.contains(typed) || typed.contains(slug));
		return part || distance(typed, slug) <= 1 + typed.length() / 6;
	}

	/** Levenshtein's: letters to change, add or leave out. */
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int j = 0; j <= other.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int changed = diagonal + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(changed, 1 + Math.min(row[j - 1], row[j]));
			}
		}
		return row[other.length()];
	}

}
