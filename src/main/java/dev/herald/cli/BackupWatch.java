package dev.herald.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import dev.herald.backup.BackupProgress;
import dev.herald.schema.DatabaseThread;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a backup or a restore comes on: a bar on a terminal, else a line now and
 * then.
 */
final class BackupWatch implements AutoCloseable {

	private static final Duration LOOK = Duration.ofMillis(500);

	/** Without a terminal: a line every so many looks. */
	private static final int LOOKS_PER_LINE = 20;

	private final BackupProgress progress = new BackupProgress();

	private final Console console;

	private final @Nullable ProgressBar bar;

	private final ScheduledExecutorService looker = DatabaseThread.named("progress");

	private int looks;

	BackupWatch(Console console, String task) {
		this.console = console;
		this.bar = console.terminal() ? new ProgressBarBuilder().setTaskName(task)
			.setInitialMax(-1)
			.setStyle(ProgressBarStyle.ASCII)
			.setConsumer(new ConsoleProgressBarConsumer(System.err))
			.build() : null;
		DatabaseThread.repeat(this.looker, this::look, LOOK);
	}

	BackupProgress progress() {
		return this.progress;
	}

	private void look() {
		if (this.bar != null) {
			this.bar.maxHint((this.progress.total() > 0) ? this.progress.total() : -1);
			this.bar.stepTo(this.progress.rows());
			this.bar.setExtraMessage(this.progress.table());
		}
		else if (++this.looks % LOOKS_PER_LINE == 0) {
			this.console.say("%s: %,d rows%s".formatted(this.progress.table(), this.progress.rows(),
					(this.progress.total() > 0) ? " of %,d".formatted(this.progress.total()) : ""));
		}
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
