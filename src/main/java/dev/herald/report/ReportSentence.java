package dev.herald.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import org.jspecify.annotations.Nullable;

/** The line on top of a report: what a person would say who had read all of it. */
final class ReportSentence {

	private ReportSentence() {
	}

	static String of(@Nullable Send send, DeliveryCounts counts, Ledger.@Nullable Span accepted, int dead, int left,
			int complaints) {
		if (send == null) {
			return "It has not been sent.";
		}
		if (counts.recipients() == 0) {
			return "Nothing has left: its send is %s.".formatted(send.status().inWords());
		}
		List<String> parts = new ArrayList<>();
		parts.add("%,d of %,d %s%s".formatted(counts.of(DeliveryState.ACCEPTED), counts.recipients(),
				send.rehearsal() ? "accepted by the built-in mailbox in a rehearsal" : "accepted", within(accepted)));
		add(parts, counts.recipients() - counts.settled(), "is still to go", "are still to go");
		add(parts, counts.of(DeliveryState.UNCERTAIN), "is uncertain and waits for a decision",
				"are uncertain and wait for a decision");
		add(parts, counts.of(DeliveryState.REJECTED), "was rejected", "were rejected");
		add(parts, counts.of(DeliveryState.EXPIRED), "expired", "expired");
		add(parts, counts.of(DeliveryState.CANCELLED), "was cancelled", "were cancelled");
		add(parts, counts.of(DeliveryState.SKIPPED), "was skipped, having left meanwhile",
				"were skipped, having left meanwhile");
		add(parts, dead, "address is dead", "addresses are dead");
		add(parts, left, "reader left", "readers left");
		add(parts, complaints, "reader reported it as spam", "readers reported it as spam");
		return String.join("; ", parts) + ".";
	}

	private static String within(Ledger.@Nullable Span accepted) {
		return (accepted != null) ? " within " + inWords(Duration.between(accepted.first(), accepted.last())) : "";
	}

	static String inWords(Duration duration) {
		long seconds = Math.max(duration.toSeconds(), 1);
		if (seconds < 120) {
			return (seconds == 1) ? "1 second" : seconds + " seconds";
		}
		long minutes = Math.round(seconds / 60.0);
		return (minutes < 120) ? minutes + " minutes" : Math.round(minutes / 60.0) + " hours";
	}

	private static void add(List<String> parts, int number, String one, String many) {
		if (number > 0) {
			parts.add("%,d %s".formatted(number, (number == 1) ? one : many));
		}
	}

}
