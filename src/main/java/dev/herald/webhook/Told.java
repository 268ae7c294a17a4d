package dev.herald.webhook;

import java.util.List;

import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;

/** What one event says of one of our mails. */
sealed interface Told {

	/** Texts that may hold the signed token of that mail. */
	List<String> traces();

	static Told of(Kind kind, ReportedRecipient recipient, List<String> traces) {
		return new Fact(new Report(kind, List.of(recipient)), traces);
	}

	/** What a report by mail would say. */
	record Fact(Report report, List<String> traces) implements Told {
	}

	/** The reader has left by a way that the provider offers. */
	record Departure(List<String> traces) implements Told {
	}

}
