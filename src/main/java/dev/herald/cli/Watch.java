package dev.herald.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.herald.schema.DatabaseThread;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Looks at work under way from a thread of its own, and shows how it comes on: by a bar
 * on a terminal, else by a line every ten seconds.
 */
final class Watch implements AutoCloseable {

	private static final Duration LOOK = Duration.ofMillis(500);

	private static final int LOOKS_PER_LINE = 20;

	private final Console console;

	private final @Nullable ProgressBar bar;

	private final Consumer<ProgressBar> steps;

	private final Supplier<String> line;

	private final ScheduledExecutorService looker = DatabaseThread.named("progress");

	private int looks;

	/**
	 * @param max what the bar goes to; -1 where that is not known yet
	 * @param steps puts the bar to where the work is
	 */
	Watch(Console console, String task, long max, Consumer<ProgressBar> steps, Supplier<String> line) {
		this.console = console;
		this.steps = steps;
		this.line = line;
		this.bar = console.terminal() ? new ProgressBarBuilder().setTaskName(task)
			.setInitialMax(max)
			.setStyle(ProgressBarStyle.ASCII)
			.setConsumer(new ConsoleProgressBarConsumer(System.err))
			.build() : null;
		DatabaseThread.repeat(this.looker, this::look, LOOK);
	}

	private void look() {
		if (this.bar != null) {
			this.steps.accept(this.bar);
		}
		else if (++this.looks % LOOKS_PER_LINE == 0) {
			this.console.say(this.line.get());
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
