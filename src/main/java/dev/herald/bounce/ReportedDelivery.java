package dev.herald.bounce;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.herald.returns.HeaderFields;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLookup;

import org.springframework.stereotype.Component;

/**
 * Finds the delivery that something is about by what it brings along of the mail.
 * Thread-safe.
 */
@Component
class ReportedDelivery {

	private final DeliveryLookup lookup;

	ReportedDelivery(DeliveryLookup lookup) {
		this.lookup = lookup;
	}

	/** By the first text that holds an envelope sender or a Message-ID of ours. */
	Optional<DeliveryKey> by(List<String> traces) {
		return traces.stream()
			.flatMap((trace) -> this.lookup.byEnvelopeSender(trace).or(() -> this.lookup.byMessageId(trace)).stream())
			.findFirst();
	}

	/** Whether the mail that a report returns was a test. */
	boolean isOfTest(HeaderFields original) {
		return Stream.of("return-path", "message-id", "list-unsubscribe")
			.map(original::first)
			.anyMatch(DeliveryLookup::isOfTest);
	}

	/** By the header of the mail that a report returns. */
	Optional<DeliveryKey> by(HeaderFields original) {
		return this.lookup.byEnvelopeSender(original.first("return-path"))
			.or(() -> this.lookup.byMessageId(original.first("message-id")))
			.or(() -> this.lookup.byUnsubscribeLink(original.first("list-unsubscribe")));
	}

}
