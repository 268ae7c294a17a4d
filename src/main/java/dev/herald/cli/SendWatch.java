package dev.herald.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.herald.delivery.Ledger;
import dev.herald.delivery.SendPace;
import dev.herald.delivery.SendTraffic;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;

/** Shows how a send comes on, until it ends or the command is stopped. */
final class SendWatch {

	/** Counting a million rows takes the database a good part of a second. */
	private static final Duration EVERY = Duration.ofSeconds(2);

	private final Console console;

	private final Beans beans;

	private final Issue issue;

	private final boolean json;

	private final SendPace pace = new SendPace();

	private int shown;

	private String said = "";

	SendWatch(Console console, Beans beans, Issue issue, boolean json) {
		this.console = console;
		this.beans = beans;
		this.issue = issue;
		this.json = json;
	}

	void follow(int sendId) {
		SendLook look = look(sendId);
		show(look);
		while (!look.over()) {
			pause();
			look = look(sendId);
			show(look);
		}
	}

	private SendLook look(int sendId) {
		// The status first: the counts of a send that is over don't change any more.
		var send = this.beans.get(Sends.class).byId(sendId);
		var counts = this.beans.get(Ledger.class).countsOfSend(sendId);
		var now = this.beans.get(Clock.class).instant();
		this.pace.saw(now, counts.settled());
		return new SendLook(this.issue, send, counts, this.beans.get(SendTraffic.class).of(sendId), this.pace, now);
	}

	private void show(SendLook look) {
		if (this.json) {
			this.console.print(Json.of(look.json()));
		}
		else if (this.console.terminal()) {
			var lines = look.screen();
			this.console.redraw(this.shown, lines);
			this.shown = lines.size();
		}
		else if (!look.line().equals(this.said)) {
			this.said = look.line();
			this.console.print(this.said);
		}
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while watching", ex);
		}
	}

}
