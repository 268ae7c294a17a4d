package dev.herald.cli;

import java.time.Duration;

import dev.herald.subscriber.ImportProgress;
import me.tongfei.progressbar.ProgressBar;

/**
 * Shows how an import comes on, and stops it between two chunks when the process is told
 * to end.
 */
final class ImportWatch implements AutoCloseable {

	/** How long the end of the process waits for a chunk to be written. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ImportProgress progress = new ImportProgress();

	private final Watch watch;

	private final Thread ending = new Thread(this::stop, "import-stop");

	private volatile boolean over;

	ImportWatch(Console console) {
		Runtime.getRuntime().addShutdownHook(this.ending);
		this.watch = new Watch(console, "import", 100, this::step,
				() -> "%s, %d %%".formatted(line(), this.progress.percent()));
	}

	ImportProgress progress() {
		return this.progress;
	}

	private void step(ProgressBar bar) {
		bar.stepTo(this.progress.percent());
		bar.setExtraMessage(line());
	}

	private String line() {
		return "%s: %,d rows".formatted(this.progress.checking() ? "Checked" : "Imported", this.progress.rows());
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
		this.watch.close();
		try {
			Runtime.getRuntime().removeShutdownHook(this.ending);
		}
		catch (IllegalStateException ex) {
			// The process ends already, and by this very hook.
		}
	}

}
