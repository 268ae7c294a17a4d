package dev.herald.tracking;

import java.util.Optional;

import dev.herald.issue.Issues;
import dev.herald.subscriber.Subscriptions;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Whose mail a link is from. Thread-safe. */
@Component
public class MailReaders {

	private final DeliveryLookup lookup;

	private final Issues issues;

	private final Subscriptions subscriptions;

	MailReaders(DeliveryLookup lookup, Issues issues, Subscriptions subscriptions) {
		this.lookup = lookup;
		this.issues = issues;
		this.subscriptions = subscriptions;
	}

	/**
	 * By the token in a link that leads a reader to what is theirs: that of an issue
	 * names its delivery, that of another mail a subscription. Empty for a token that is
	 * not ours, and where there is no such subscriber any more.
	 */
	public Optional<Reader> byToken(String token) {
		return this.lookup.byUnsubscribeToken(token)
			.flatMap(this::of)
			.or(() -> this.lookup.bySubscriptionToken(token)
				.filter((key) -> this.subscriptions.find(key.subscriberId()).isPresent())
				.map((key) -> new Reader(key, null)));
	}

	Optional<Reader> of(DeliveryKey delivery) {
		return this.subscriptions.find(delivery.subscriberId())
			.map((subscriber) -> new Reader(
					new SubscriptionKey(this.issues.byId(delivery.issueId()).newsletterId(), subscriber.id()),
					delivery));
	}

	/**
	 * @param delivery null where the mail was no issue of a send
	 */
	public record Reader(SubscriptionKey subscription, @Nullable DeliveryKey delivery) {

		public int subscriberId() {
			return this.subscription.subscriberId();
		}

		public int newsletterId() {
			return this.subscription.newsletterId();
		}

		/** Null where the mail was no issue of a send. */
		public @Nullable Integer issueId() {
			return (this.delivery != null) ? this.delivery.issueId() : null;
		}

	}

}
