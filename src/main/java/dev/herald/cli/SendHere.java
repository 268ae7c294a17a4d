package dev.herald.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendRunner;
import dev.herald.delivery.SendRunner.RunResult;
import dev.herald.delivery.SendStatus;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.report.ReportText;
import dev.herald.report.Reports;

/** Delivers one send in this process, or watches the process that has it. */
final class SendHere {

	/** A server looks for new sends every second. */
	private static final Duration SERVER_PATIENCE = Duration.ofSeconds(5);

	private static final Duration LOOK = Duration.ofMillis(500);

	private static final int NAMED = 20;

	private final Console console;

	private final Beans beans;

	private final Issue issue;

	SendHere(Console console, Beans beans, Issue issue) {
		this.console = console;
		this.beans = beans;
		this.issue = issue;
	}

	/**
	 * Delivers a send that was asked for or resumed: here, or by a running server where
	 * there is one.
	 * @param wait for its end, here
	 * @return the exit code
	 */
	int start(int sendId, boolean wait) {
		Send send = this.beans.get(Sends.class).byId(sendId);
		if (send.awaitsApproval()) {
			this.console.print("Send %d waits for the approval of a second person, who gives it on the send's page."
				.formatted(sendId));
			return 0;
		}
		if (wait) {
			return deliver(sendId);
		}
		if (send.status() == SendStatus.SCHEDULED && send.dueAt().isAfter(this.beans.get(Clock.class).instant())) {
			this.console.print(
					"It starts at %s, on a running server. To watch it: issue status --watch.".formatted(send.dueAt()));
			return 0;
		}
		if (ownerAppears(sendId)) {
			this.console
				.print("A running server delivers it: send %d. To watch it: issue status --watch.".formatted(sendId));
			return 0;
		}
		this.console.say("No server is running on this database, so this command delivers the send itself.");
		return deliver(sendId);
	}

	/** Whether a server takes the send up within a few seconds. */
	private boolean ownerAppears(int sendId) {
		Sends sends = this.beans.get(Sends.class);
		Instant end = Instant.now().plus(SERVER_PATIENCE);
		while (sends.byId(sendId).status() == SendStatus.SCHEDULED && Instant.now().isBefore(end)) {
			pause();
		}
		return sends.byId(sendId).status() != SendStatus.SCHEDULED;
	}

	/**
	 * Until the send is settled, held or stopped. While another process owns it, that one
	 * is watched; should it die, this one goes on when its lease has ended.
	 * @return the exit code
	 */
	private int deliver(int sendId) {
		SendRunner runner = this.beans.get(SendRunner.class);
		this.beans.startLifecycles();
		RunResult result;
		try (Progress progress = new Progress(this.console, this.beans.get(Ledger.class), this.issue)) {
			result = runner.run(sendId);
			if (result instanceof RunResult.OwnedElsewhere elsewhere) {
				progress.note("Another process delivers it (%s); this one watches.".formatted(elsewhere.owner()));
			}
			while (result instanceof RunResult.OwnedElsewhere) {
				pause();
				result = runner.run(sendId);
			}
		}
		return tell(this.beans.get(Sends.class).byId(sendId));
	}

	private int tell(Send send) {
		this.console.print(ReportText.of(this.beans.get(Reports.class).of(this.issue), ZoneId.systemDefault()));
		nameUncertain();
		if (send.status() == SendStatus.DONE) {
			return 0;
		}
		this.console.say("The send is %s%s".formatted(send.status().inWords(),
				(send.reason() == null) ? ". The same command goes on with it." : ": " + send.reason()));
		if (send.status() == SendStatus.HELD) {
			this.console.say("To go on with it: issue resume %s".formatted(this.issue.slug()));
		}
		return Failures.WORK_FAILED;
	}

	private void nameUncertain() {
		Ledger ledger = this.beans.get(Ledger.class);
		int uncertain = ledger.counts(this.issue.id()).of(DeliveryState.UNCERTAIN);
		if (uncertain == 0) {
			return;
		}
		this.console.print("Uncertain, and not sent again by themselves:");
		List<Ledger.Row> rows = ledger.page(this.issue.id(), DeliveryState.UNCERTAIN, 0, NAMED);
		rows.forEach((row) -> this.console.print("  " + row.address()));
		if (uncertain > rows.size()) {
			this.console.print("  and %,d more: issue recipients %s --state uncertain"
				.formatted(uncertain - rows.size(), this.issue.slug()));
		}
		this.console
			.print("To decide on them: issue resolve %s --uncertain resend|accept".formatted(this.issue.slug()));
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting", ex);
		}
	}

}
