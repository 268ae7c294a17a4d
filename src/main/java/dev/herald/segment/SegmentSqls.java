package dev.herald.segment;

import java.time.Clock;
import java.time.Instant;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;

import org.springframework.stereotype.Component;

/**
 * Trees as SQL, by what newsletters and providers are at that moment. Thread-safe.
 */
@Component
public class SegmentSqls {

	private final Segments segments;

	private final Newsletters newsletters;

	private final MailProviders providers;

	private final Clock clock;

	SegmentSqls(Segments segments, Newsletters newsletters, MailProviders providers, Clock clock) {
		this.segments = segments;
		this.newsletters = newsletters;
		this.providers = providers;
		this.clock = clock;
	}

	/**
	 * @param at what days are counted back from
	 * @throws Problem when the tree names a provider that is none any more
	 */
	public SegmentSql of(Tree tree, int newsletterId, Instant at) {
		return compile(tree, newsletterId, at).sql();
	}

	TreeSql.Compiled compile(Tree tree, int newsletterId, Instant at) {
		return TreeSql.of(tree, this.newsletters.byId(newsletterId), this.providers, at);
	}

	/**
	 * Of a kept segment, now.
	 * @throws Problem when none has this key, and as {@link #of}
	 */
	public SegmentSql require(Newsletter newsletter, String key) {
		return of(this.segments.require(newsletter, key).tree(), newsletter.id(), this.clock.instant());
	}

}
