package dev.herald.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import dev.herald.schema.DatabaseThread;
import dev.herald.subscriber.ImportProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how an import comes on, and stops it between two chunks when the process is told
 * to end: a bar on a terminal, else a line now and then.
 */
final class ImportWatch implements AutoCloseable {

	private static final Duration LOOK = Duration.ofMillis(500);

	/** Without a terminal: a line every so many looks. */
	private static final int LOOKS_PER_LINE = 20;

	/** How long the end of the process waits for a chunk to be written. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ImportProgress progress = new ImportProgress();

	private final Console console;

	private final @Nullable ProgressBar bar;

	private final ScheduledExecutorService looker = DatabaseThread.named("progress");

	private final Thread ending = new Thread(this::stop, "import-stop");

	private int looks;

	private volatile boolean over;

	ImportWatch(Console console) {
		this.console = console;
		this.bar = console.terminal() ? new ProgressBarBuilder().setTaskName("import")
			.setInitialMax(100)
			.setStyle(ProgressBarStyle.ASCII)
			.setConsumer(new ConsoleProgressBarConsumer(System.err))
			.build() : null;
		Runtime.getRuntime().addShutdownHook(this.ending);
		DatabaseThread.repeat(this.looker, this::look, LOOK);
	}

	ImportProgress progress() {
		return this.progress;
	}

	private void look() {
		String line = "%s: %,d rows".formatted(this.progress.checking() ? "Checked" : "Imported", this.progress.rows());
		if (this.bar != null) {
			this.bar.stepTo(this.progress.percent());
			this.bar.setExtraMessage(line);
		}
		else if (++this.looks % LOOKS_PER_LINE == 0) {
			this.console.say("%s, %d %%".formatted(line, this.progress.percent()));
		}
	}

	private void stop() {
		this.progress.stop();
		long until = System.nanoTime() + PATIENCE.toNanos();
		while (!this.over && System.nanoTime() < until) {
			try {
				Thread.sleep(20);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	@Override
	public void close() {
		this.over = true;
		DatabaseThread.end(this.looker);
		if (this.bar != null) {
			look();
			this.bar.close();
		}
		try {
			Runtime.getRuntime().removeShutdownHook(this.ending);
		}
		catch (IllegalStateException ex) {
			// The process ends already, and by this very hook.
		}
	}

}
