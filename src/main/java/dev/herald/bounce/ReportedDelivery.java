package dev.herald.bounce;

import java.util.List;
import java.util.Optional;
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
	Optional<Subject> by(List<String> traces) {
		return traces.stream()
			.flatMap((trace) -> this.lookup.byEnvelopeSender(trace)
				.or(() -> this.lookup.byMessageId(trace))
				.<Subject>map(Subject.OfDelivery::new)
				.or(() -> this.lookup.signUp(trace).map(Subject.OfSignUp::new))
				.stream())
			.findFirst();
	}

	/** Whether the mail that a report returns was a test. */
	boolean isOfTest(HeaderFields original) {
		return Stream.of("return-path", "message-id", "list-unsubscribe")
			.map(original::first)
			.anyMatch(DeliveryLookup::isOfTest);
	}

	/** By the header of the mail that a report returns. */
	Optional<Subject> by(HeaderFields original) {
		return by(List.of(original.first("return-path"), original.first("message-id")))
			.or(() -> this.lookup.byUnsubscribeLink(original.first("list-unsubscribe")).map(Subject.OfDelivery::new));
	}

}
