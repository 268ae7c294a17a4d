package dev.herald.bounce;

import java.util.List;
import java.util.Optional;

import dev.herald.returns.HeaderFields;
import dev.herald.tracking.DeliveryLookup;

import org.springframework.stereotype.Component;

/**
 * Finds out whom of ours a mail was addressed to, by the fields that servers and senders
 * write that into. Thread-safe.
 */
@Component
class SignedRecipient {

	/**
	 * A server's own fields first: it puts them before those that a mail brings along.
	 */
	private static final List<String> FIELDS = List.of("delivered-to", "x-original-to", "envelope-to", "x-envelope-to",
			"x-rcpt-to", "to", "apparently-to", "cc", "received");

	private final DeliveryLookup lookup;

	SignedRecipient(DeliveryLookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * By the first field that has an address of ours in it, whether for reports or for
	 * unsubscribing: none behind it can make the mail one for another delivery, or of
	 * another sort.
	 */
	Optional<Subject> find(HeaderFields header) {
		return FIELDS.stream()
			.flatMap((field) -> header.all(field).stream())
			.flatMap((value) -> this.lookup.byEnvelopeSender(value)
				.<Subject>map(Subject.OfDelivery::new)
				.or(() -> this.lookup.byUnsubscribeAddress(value).map(Subject.OfLeaving::new))
				.or(() -> this.lookup.signUp(value).map(Subject.OfSignUp::new))
				.stream())
			.findFirst();
	}

	/** Whether it was addressed to where tests come from. */
	boolean isOfTest(HeaderFields header) {
		return FIELDS.stream().flatMap((field) -> header.all(field).stream()).anyMatch(DeliveryLookup::isOfTest);
	}

}
