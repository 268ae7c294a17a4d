package dev.herald.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.bounce.ReportReview;
import dev.herald.bounce.ReportReview.Item;
import dev.herald.returns.Report.ReportedRecipient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "review",
		description = {
				"Lists reports that name a subscriber's address without a valid token: anybody may have written them.",
				"With --count or --dismiss: decides what becomes of one." },
		footer = { "", "Example:", "  herald bounce review --dismiss 3" })
final class BounceReviewCommand implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@ArgGroup(exclusive = true)
	private @Nullable Decision decision;

	BounceReviewCommand(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		ReportReview review = this.beans.get(ReportReview.class);
		Decision wanted = this.decision;
		if (wanted == null) {
			list(review.waiting());
		}
		else if (wanted.count != null) {
			boolean suppressed = review.count(wanted.count, Decided.byWhom());
			this.console
				.print(suppressed ? "Counted; the address is suppressed." : "Counted; nobody is suppressed by it.");
		}
		else if (wanted.dismiss != null) {
			review.dismiss(wanted.dismiss, Decided.byWhom());
			this.console.print("Dismissed; nothing follows from it.");
		}
		return 0;
	}

	private void list(List<Item> items) {
		items.forEach(this::print);
		if (items.isEmpty()) {
			this.console.print("No report waits for a decision.");
		}
	}

	private void print(Item item) {
		ReportedRecipient recipient = item.recipient();
		this.console.print("%d  %s, from %s: %s, %s %s: %s %s".formatted(item.id(), item.receivedAt(), item.source(),
				recipient.address(), recipient.bounceClass().name().toLowerCase(Locale.ROOT), recipient.reason(),
				recipient.status(), recipient.evidence()));
	}

	private static final class Decision {

		@Option(names = "--count", paramLabel = "N",
				description = "Believe report N: it counts for the last issue that the address was sent.")
		private @Nullable Integer count;

		@Option(names = "--dismiss", paramLabel = "N", description = "Report N is worth nothing.")
		private @Nullable Integer dismiss;

	}

}
