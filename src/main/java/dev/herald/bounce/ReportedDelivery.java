package dev.herald.bounce;

import java.util.List;
import java.util.Optional;

import dev.herald.returns.HeaderFields;
import dev.herald.returns.ReadReport;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryLookup;

import org.springframework.stereotype.Component;

/**
 * Finds the delivery that a report is about: by the envelope sender that it came back to,
 * else by the signed fields of the mail that it returns. Thread-safe.
 */
@Component
class ReportedDelivery {

	private final SignedRecipient recipients;

	private final DeliveryLookup lookup;

	ReportedDelivery(SignedRecipient recipients, DeliveryLookup lookup) {
		this.recipients = recipients;
		this.lookup = lookup;
	}

	Optional<DeliveryKey> find(ReadReport report) {
		Optional<String> recipient = this.recipients.find(report.header());
		return recipient.isPresent() ? recipient.flatMap(this.lookup::byEnvelopeSender) : inOriginal(report.original());
	}

	/** By the first text that holds an envelope sender or a Message-ID of ours. */
	Optional<DeliveryKey> find(List<String> traces) {
		return traces.stream()
			.flatMap((trace) -> this.lookup.byEnvelopeSender(trace).or(() -> this.lookup.byMessageId(trace)).stream())
			.findFirst();
	}

	private Optional<DeliveryKey> inOriginal(HeaderFields original) {
		return this.lookup.byEnvelopeSender(original.first("return-path"))
			.or(() -> this.lookup.byMessageId(original.first("message-id")))
			.or(() -> this.lookup.byUnsubscribeLink(original.first("list-unsubscribe")));
	}

}
