package dev.herald.archive;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.herald.archive.PublishedIssues.Published;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.ArchiveCompiler;
import dev.herald.render.ArchiveListing;
import dev.herald.render.ArchivePage;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The list of a newsletter's issues by year, and what a search finds of them. Anybody may
 * ask, so one is made at a time. Thread-safe.
 */
@Component
class ArchiveLists {

	/** In characters; what is longer is no search. */
	private static final int LONGEST_QUERY = 100;

	/** On a page of a search. */
	private static final int FOUND_ON_A_PAGE = 50;

	/** Some issues are written into the index at the first look: then it takes longer. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final PublishedIssues published;

	private final ArchiveIndex index;

	private final ArchiveCompiler compiler;

	private final Semaphore making = new Semaphore(1);

	ArchiveLists(PublishedIssues published, ArchiveIndex index, ArchiveCompiler compiler) {
		this.published = published;
		this.index = index;
		this.compiler = compiler;
	}

	/**
	 * @param query empty for a year's issues
	 * @param year null for the last that has any
	 * @param skip how many of those found stand on earlier pages
	 * @return empty while too many others are waiting
	 */
	Optional<ArchivePage> page(Newsletter newsletter, String query, @Nullable Integer year, int skip) {
		if (!isMyTurn()) {
			return Optional.empty();
		}
		try {
			List<Published> all = this.published.of(newsletter);
			Map<Integer, ArchiveIndex.Line> lines = this.index.lines(newsletter, all);
			String wanted = cut(query.strip());
			return Optional.of(this.compiler.list(newsletter, wanted.isEmpty() ? ofYear(all, lines, year)
					: found(newsletter, all, lines, wanted, Math.max(0, skip))));
		}
		finally {
			this.making.release();
		}
	}

	private boolean isMyTurn() {
		try {
			return this.making.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static String cut(String query) {
		return (query.length() <= LONGEST_QUERY) ? query : query.substring(0, LONGEST_QUERY);
	}

	private static ArchiveListing ofYear(List<Published> all, Map<Integer, ArchiveIndex.Line> lines,
			@Nullable Integer year) {
		List<Integer> years = years(all);
		Integer shown = (year != null) ? year : years.isEmpty() ? null : years.get(0);
		List<Published> issues = all.stream()
			.filter((issue) -> shown != null && issue.day().getYear() == shown)
			.toList();
		return new ArchiveListing(years, shown, "", issues.size(), entries(issues, lines), null);
	}

	private static List<Integer> years(List<Published> all) {
		return all.stream().map((issue) -> issue.day().getYear()).distinct().sorted(Comparator.reverseOrder()).toList();
	}

	private ArchiveListing found(Newsletter newsletter, List<Published> all, Map<Integer, ArchiveIndex.Line> lines,
			String query, int skip) {
		Set<Integer> hits = new HashSet<>(this.index.find(newsletter, query));
		// The index may still know what is not public any more.
		List<Published> found = all.stream().filter((issue) -> hits.contains(issue.issueId())).toList();
		int end = Math.min(found.size(), skip + FOUND_ON_A_PAGE);
		List<Published> shown = found.subList(Math.min(skip, end), end);
		return new ArchiveListing(years(all), null, query, found.size(), entries(shown, lines),
				(end < found.size()) ? end : null);
	}

	private static List<ArchiveListing.Entry> entries(List<Published> issues, Map<Integer, ArchiveIndex.Line> lines) {
		return issues.stream().map((issue) -> {
			ArchiveIndex.Line line = lines.getOrDefault(issue.issueId(),
					new ArchiveIndex.Line(issue.versionId(), issue.title(), ""));
			return new ArchiveListing.Entry(issue.slug(), line.title(), line.summary(), issue.day());
		}).toList();
	}

}
