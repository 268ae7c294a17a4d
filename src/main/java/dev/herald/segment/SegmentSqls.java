package dev.herald.segment;

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

	private final Newsletters newsletters;

	private final MailProviders providers;

	SegmentSqls(Newsletters newsletters, MailProviders providers) {
		this.newsletters = newsletters;
		this.providers = providers;
	}

	/**
	 * @param at what days are counted back from
	 * @throws Problem when the tree names a provider that is none any more
	 */
	public SegmentSql of(Tree tree, int newsletterId, Instant at) {
		Newsletter newsletter = this.newsletters.byId(newsletterId);
		return TreeSql.of(tree, newsletter, this.providers, at);
	}

}
