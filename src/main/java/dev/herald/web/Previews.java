package dev.herald.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

import dev.herald.check.Finding;
import dev.herald.check.IssueCheck;
import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;

/**
 * Renders what is being written, by the path of a send. One at a time, since sends need
 * the processor too; who waits renders what is newest when its turn comes, so that
 * previews nobody looks at any more cost nothing. Thread-safe.
 */
@Component
class Previews {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int MOST_WAITING = 8;

	private static final int KEPT = 4;

	/** Operators edit templates: what they changed is seen soon. */
	private static final Duration KEPT_FOR = Duration.ofSeconds(5);

	private final IssueCompiler compiler;

	private final Words words;

	private final Clock clock;

	private final Semaphore turn = new Semaphore(1, true);

	/** Guarded by itself; the last made first. */
	private final Deque<Preview> made = new ArrayDeque<>();

	Previews(IssueCompiler compiler, Words words, Clock clock) {
		this.compiler = compiler;
		this.words = words;
		this.clock = clock;
	}

	/**
	 * @param newest asked for when it is this one's turn
	 * @throws Problem when the source or a template can't be read, or too many wait
	 */
	Preview of(Supplier<IssueSource> newest, Newsletter newsletter) {
		Optional<Preview> known = known(newest.get(), newsletter);
		if (known.isPresent()) {
			return known.get();
		}
		takeTurn();
		try {
			IssueSource source = newest.get();
			return known(source, newsletter).orElseGet(() -> make(source, newsletter));
		}
		finally {
			this.turn.release();
		}
	}

	private void takeTurn() {
		try {
			if (this.turn.getQueueLength() < MOST_WAITING
					&& this.turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				return;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw Problem.work(this.words.say("editor.busy"));
	}

	private Optional<Preview> known(IssueSource source, Newsletter newsletter) {
		Instant oldest = this.clock.instant().minus(KEPT_FOR);
		synchronized (this.made) {
			return this.made.stream()
				.filter((preview) -> preview.madeAt().isAfter(oldest) && preview.source().equals(source)
						&& preview.newsletter().equals(newsletter))
				.findFirst();
		}
	}

	private Preview make(IssueSource source, Newsletter newsletter) {
		CompiledIssue compiled = this.compiler.compile(source, newsletter);
		Preview preview = new Preview(source, newsletter, compiled, IssueCheck.of(source, newsletter, compiled),
				this.clock.instant());
		synchronized (this.made) {
			this.made.addFirst(preview);
			while (this.made.size() > KEPT) {
				this.made.removeLast();
			}
		}
		return preview;
	}

	/** One text, rendered and checked. */
	record Preview(IssueSource source, Newsletter newsletter, CompiledIssue compiled, List<Finding> findings,
			Instant madeAt) {
	}

}
