package dev.herald.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.herald.archive.PublishedIssues.Edition;
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

	/**
	 * So long a changed template may go unseen. Reading a page's templates and words
	 * takes longer than all else that a kept page needs.
	 */
	private static final Duration STEADY = Duration.ofSeconds(2);

	/** Whoever asks names the language, any that there is. */
	private static final int MOST_LANGUAGES = 50;

	private final Issues issues;

	private final ArchiveCompiler compiler;

	private final Clock clock;

	private final Semaphore making = new Semaphore(1);

	/** By when they were asked for; guarded by itself. */
	private final Map<Making, ArchivePage> kept = new LinkedHashMap<>(16, 0.75f, true);

	private int characters;

	/** By newsletter. */
	private final Map<Integer, Templates> templates = new ConcurrentHashMap<>();

	/** What is said where there is no page, by the language of who asks. */
	private final Map<Locale, Missing> missing = new ConcurrentHashMap<>();

	ArchivePages(Issues issues, ArchiveCompiler compiler, Clock clock) {
		this.issues = issues;
		this.compiler = compiler;
		this.clock = clock;
	}

	/**
	 * @return empty while too many others are waiting for pages
	 * @throws Problem when a template is faulty
	 */
	Optional<ArchivePage> of(Edition edition) {
		ArchivePage page = kept(new Making(edition, templates(edition.newsletter())));
		return (page != null) ? Optional.of(page) : made(edition);
	}

	private String templates(Newsletter newsletter) {
		Templates seen = this.templates.get(newsletter.id());
		return (seen != null && isSteady(seen.at())) ? seen.fingerprint() : templatesNow(newsletter);
	}

	private boolean isSteady(Instant since) {
		return this.clock.instant().isBefore(since.plus(STEADY));
	}

	private String templatesNow(Newsletter newsletter) {
		Templates now = new Templates(this.compiler.fingerprint(newsletter), this.clock.instant());
		this.templates.put(newsletter.id(), now);
		return now.fingerprint();
	}

	private Optional<ArchivePage> made(Edition edition) {
		if (!isMyTurn()) {
			return Optional.empty();
		}
		try {
			// Kept by an older fingerprint, it would come back when a template does.
			Making making = new Making(edition, templatesNow(edition.newsletter()));
			ArchivePage meanwhile = kept(making);
			return Optional.of((meanwhile != null) ? meanwhile : keep(making, compiled(edition)));
		}
		finally {
			this.making.release();
		}
	}

	private ArchivePage compiled(Edition edition) {
		return this.compiler.compile(this.issues.source(edition.versionId()), edition.newsletter(),
				edition.published());
	}

	/**
	 * What is said where there is no page. Made at most once in two seconds: 4 ms, which
	 * is 200 times what a kept page takes.
	 * @throws Problem when a template is faulty
	 */
	ArchivePage missing(Locale language) {
		Missing seen = this.missing.get(language);
		if (seen != null && isSteady(seen.at())) {
			return seen.page();
		}
		Missing now = new Missing(this.compiler.missing(language), this.clock.instant());
		if (this.missing.size() >= MOST_LANGUAGES) {
			this.missing.clear();
		}
		this.missing.put(language, now);
		return now.page();
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

	private @Nullable ArchivePage kept(Making making) {
		synchronized (this.kept) {
			return this.kept.get(making);
		}
	}

	private ArchivePage keep(Making making, ArchivePage page) {
		synchronized (this.kept) {
			this.kept.put(making, page);
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
	private record Making(Edition edition, String templates) {
	}

	private record Templates(String fingerprint, Instant at) {
	}

	private record Missing(ArchivePage page, Instant at) {
	}

}
