package dev.herald.archive;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.herald.archive.PublishedIssues.Published;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.render.ArchiveCompiler;
import dev.herald.render.ArchivePage;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The pages, made when they are first asked for. Anybody may ask, so what it costs is
 * bounded: one page is made at a time, and those asked for last are kept. Thread-safe.
 */
@Component
class ArchivePages {

	/**
	 * Characters of all pages that are kept: some hundred long issues, 16 MB at most.
	 */
	private static final int MOST_KEPT = 8 * 1024 * 1024;

	/** A page takes well under a second; who would wait longer comes again. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Issues issues;

	private final ArchiveCompiler compiler;

	private final Semaphore making = new Semaphore(1);

	/** By when they were asked for; guarded by itself. */
	private final Map<Edition, ArchivePage> kept = new LinkedHashMap<>(16, 0.75f, true);

	private int characters;

	ArchivePages(Issues issues, ArchiveCompiler compiler) {
		this.issues = issues;
		this.compiler = compiler;
	}

	/**
	 * @return empty while too many others are waiting for pages
	 * @throws Problem when a template is faulty
	 */
	Optional<ArchivePage> of(Published published) {
		Edition edition = new Edition(published.versionId(), published.newsletter(),
				this.compiler.fingerprint(published.newsletter()));
		ArchivePage page = kept(edition);
		return (page != null) ? Optional.of(page) : made(edition);
	}

	private Optional<ArchivePage> made(Edition edition) {
		if (!isMyTurn()) {
			return Optional.empty();
		}
		try {
			ArchivePage meanwhile = kept(edition);
			return Optional.of((meanwhile != null) ? meanwhile : keep(edition,
					this.compiler.compile(this.issues.source(edition.versionId()), edition.newsletter())));
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

	private @Nullable ArchivePage kept(Edition edition) {
		synchronized (this.kept) {
			return this.kept.get(edition);
		}
	}

	private ArchivePage keep(Edition edition, ArchivePage page) {
		synchronized (this.kept) {
			this.kept.put(edition, page);
			this.characters += page.html().length();
			Iterator<ArchivePage> oldest = this.kept.values().iterator();
			while (this.characters > MOST_KEPT && oldest.hasNext()) {
				this.characters -= oldest.next().html().length();
				oldest.remove();
			}
		}
		return page;
	}

	/**
	 * All that a page is made of.
	 *
	 * @param templates the fingerprint of templates and words
	 */
	private record Edition(int versionId, Newsletter newsletter, String templates) {
	}

}
