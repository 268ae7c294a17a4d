package dev.herald.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import org.jspecify.annotations.Nullable;

/**
 * The line on top of a report: what a person would say who had read all of it. Immutable.
 */
public final class ReportSentence {

	private final List<Statement> parts;

	private ReportSentence(List<Statement> parts) {
		this.parts = List.copyOf(parts);
	}

	static ReportSentence of(@Nullable Send send, DeliveryCounts counts, Ledger.@Nullable Span accepted, int dead,
			int left, int complaints) {
		if (send == null) {
			return new ReportSentence(List.of(Statement.of("not-sent")));
		}
		if (counts.recipients() == 0) {
			return new ReportSentence(List.of(Statement.of("nothing-left", send.status())));
		}
		List<Statement> parts = new ArrayList<>();
		parts.add(accepted(send, counts, accepted));
		add(parts, "to-go", counts.recipients() - counts.settled());
		add(parts, "uncertain", counts.of(DeliveryState.UNCERTAIN));
		add(parts, "rejected", counts.of(DeliveryState.REJECTED));
		add(parts, "expired", counts.of(DeliveryState.EXPIRED));
		add(parts, "cancelled", counts.of(DeliveryState.CANCELLED));
		add(parts, "skipped", counts.of(DeliveryState.SKIPPED));
		add(parts, "dead", dead);
		add(parts, "left", left);
		add(parts, "complained", complaints);
		return new ReportSentence(parts);
	}

	private static Statement accepted(Send send, DeliveryCounts counts, Ledger.@Nullable Span accepted) {
		String key = send.rehearsal() ? "rehearsed" : "accepted";
		int number = counts.of(DeliveryState.ACCEPTED);
		return (accepted != null)
				? Statement.of(key + "-within", number, counts.recipients(),
						Duration.between(accepted.first(), accepted.last()))
				: Statement.of(key, number, counts.recipients());
	}

	private static void add(List<Statement> parts, String key, int number) {
		if (number > 0) {
			parts.add(Statement.of(key, number));
		}
	}

	public String in(ReportWords words) {
		return join(this.parts, words);
	}

	static String join(List<Statement> parts, ReportWords words) {
		return parts.stream()
			.map((part) -> part.in(words))
			.collect(Collectors.joining(words.say("sentence.and"), "", words.say("sentence.end")));
	}

}
