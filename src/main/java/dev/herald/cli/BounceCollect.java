package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.bounce.CollectBounces;
import dev.herald.bounce.CollectBounces.Collected;
import picocli.CommandLine.Command;

@Command(name = "collect", description = "Reads the bounce mailboxes once, as the job collect-bounces does.",
		footer = { "", "Example:", "  herald bounce collect --herald.bounce.mailboxes.main.host=imap.example.org" })
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
		run(this.console, this.beans.get(CollectBounces.class));
		return 0;
	}

	/** Several mailboxes have a line each, and one for all. */
	static void run(Console console, CollectBounces collectBounces) {
		boolean several = collectBounces.mailboxes() > 1;
		Collected all = collectBounces.run((mailbox, collected) -> {
			if (several) {
				console.print(mailbox + ": " + inWords(collected));
			}
		});
		console.print((several ? "All: " : "") + inWords(all));
	}

	private static String inWords(Collected collected) {
		return "Read %,d mails: %,d new bounces, %,d addresses suppressed, %,d unsubscribed; %,d were not understood and wait for a person."
			.formatted(collected.read(), collected.bounces(), collected.suppressed(), collected.unsubscribed(),
					collected.left());
	}

}
