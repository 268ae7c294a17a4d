package dev.herald.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.issue.Issue;
import dev.herald.schema.DatabaseThread;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Shows how a send comes on, from a thread of its own that reads the ledger: a bar on a
 * terminal, else a line now and then.
 */
final class Progress implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Progress.class);

	private static final Duration LOOK = Duration.ofMillis(500);

	/** Without a terminal: a line every so many looks, where something changed. */
	private static final int LOOKS_PER_LINE = 10;

	private final Console console;

	private final Ledger ledger;

	private final Issue issue;

	private final @Nullable ProgressBar bar;

	private final ScheduledExecutorService looker = DatabaseThread.named("progress");

	private int looks;

	private String said = "";

	Progress(Console console, Ledger ledger, Issue issue) {
		this.console = console;
		this.ledger = ledger;
		this.issue = issue;
		this.bar = console.terminal() ? new ProgressBarBuilder().setTaskName(issue.slug())
			.setInitialMax(0)
			.setStyle(ProgressBarStyle.ASCII)
			.setConsumer(new ConsoleProgressBarConsumer(System.err))
			.build() : null;
		DatabaseThread.repeat(this.looker, this::look, LOOK);
	}

	private void look() {
		try {
			show(this.ledger.counts(this.issue.id()));
		}
		catch (DataAccessException ex) {
			// The send meets the same trouble and reports it; the next look may succeed.
			logger.debug("No counts this time", ex);
		}
	}

	private void show(DeliveryCounts counts) {
		ProgressBar open = this.bar;
		if (open != null) {
			open.maxHint(Math.max(counts.recipients(), 1));
			open.stepTo(counts.settled());
			open.setExtraMessage(inWords(counts));
			return;
		}
		String line = "%,d of %,d settled: %s".formatted(counts.settled(), counts.recipients(), inWords(counts));
		if (counts.recipients() > 0 && this.looks++ % LOOKS_PER_LINE == 0 && !line.equals(this.said)) {
			this.said = line;
			this.console.say(line);
		}
	}

	private static String inWords(DeliveryCounts counts) {
		return "%,d accepted, %,d deferred, %,d rejected, %,d uncertain".formatted(counts.of(DeliveryState.ACCEPTED),
				counts.of(DeliveryState.DEFERRED), counts.of(DeliveryState.REJECTED),
				counts.of(DeliveryState.UNCERTAIN));
	}

	/** A line beside the progress. */
	void note(String line) {
		this.console.say(line);
	}

	@Override
	public void close() {
		DatabaseThread.end(this.looker);
		if (this.bar != null) {
			look();
			this.bar.close();
		}
	}

}
