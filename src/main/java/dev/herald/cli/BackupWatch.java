package dev.herald.cli;

import dev.herald.backup.BackupProgress;
import me.tongfei.progressbar.ProgressBar;

/** Shows how a backup or a restore comes on. */
final class BackupWatch implements AutoCloseable {

	private final BackupProgress progress = new BackupProgress();

	private final Watch watch;

	BackupWatch(Console console, String task) {
		this.watch = new Watch(console, task, -1, this::step, this::line);
	}

	BackupProgress progress() {
		return this.progress;
	}

	private void step(ProgressBar bar) {
		bar.maxHint((this.progress.total() > 0) ? this.progress.total() : -1);
		bar.stepTo(this.progress.rows());
		bar.setExtraMessage(this.progress.table());
	}

	private String line() {
		return "%s: %,d rows%s".formatted(this.progress.table(), this.progress.rows(),
				(this.progress.total() > 0) ? " of %,d".formatted(this.progress.total()) : "");
	}

	@Override
	public void close() {
		this.watch.close();
	}

}
