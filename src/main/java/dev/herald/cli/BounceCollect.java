package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.bounce.CollectBounces;
import dev.herald.bounce.CollectBounces.Collected;
import picocli.CommandLine.Command;

@Command(name = "collect", description = "Reads the bounce mailbox once, as the job collect-bounces does.",
		footer = { "", "Example:", "  herald bounce collect --herald.bounce.mailbox.host=imap.example.org" })
final class BounceCollect implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	BounceCollect(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		this.beans.withBatch();
		this.console.print(inWords(this.beans.get(CollectBounces.class).run()));
		return 0;
	}

	static String inWords(Collected collected) {
		return "Read %,d mails: %,d new bounces, %,d addresses suppressed, %,d unsubscribed; %,d were not understood and stay in the mailbox."
			.formatted(collected.read(), collected.bounces(), collected.suppressed(),
					collected.unsubscribed(), collected.left());
	}

}
