package dev.herald.bounce;

import java.util.List;
import java.util.stream.Stream;

import dev.herald.returns.HeaderFields;
import dev.herald.tracking.DeliveryLookup;

import org.springframework.stereotype.Component;

/**
 * Finds the delivery that something is about, or the sign-up, by what it brings along of
 * the mail. Thread-safe.
 */
@Component
class ReportedDelivery {

	private final DeliveryLookup lookup;

	ReportedDelivery(DeliveryLookup lookup) {
		this.lookup = lookup;
	}

	/** By the first text that holds an envelope sender or a Message-ID of ours. */
	Found by(List<String> traces) {
		return traces.stream()
			.flatMap((trace) -> this.lookup.byEnvelopeSender(trace)
				.or(() -> this.lookup.byMessageId(trace))
				.map(Found::delivery)
				.or(() -> this.lookup.signUp(trace).map(Found::signUp))
				.stream())
			.findFirst()
			.orElse(Found.NOTHING);
	}

	/** Whether the mail that a report returns was a test. */
	boolean isOfTest(HeaderFields original) {
		return Stream.of("return-path", "message-id", "list-unsubscribe")
			.map(original::first)
			.anyMatch(DeliveryLookup::isOfTest);
	}

	/** By the header of the mail that a report returns. */
	Found by(HeaderFields original) {
		Found found = by(List.of(original.first("return-path"), original.first("message-id")));
		return !found.equals(Found.NOTHING) ? found
				: this.lookup.byUnsubscribeLink(original.first("list-unsubscribe"))
					.map(Found::delivery)
					.orElse(Found.NOTHING);
	}

}
