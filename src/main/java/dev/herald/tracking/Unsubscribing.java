package dev.herald.tracking;

import java.util.Locale;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.subscriber.Subscriptions;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends a subscription by the link in a mail. The link is the proof: no sign-in. It works
 * for every issue ever sent, and any number of times. Thread-safe.
 */
@Service
public class Unsubscribing {

	private final DeliveryLookup lookup;

	private final Issues issues;

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transactions;

	Unsubscribing(DeliveryLookup lookup, Issues issues, Newsletters newsletters, Subscriptions subscriptions,
			ApplicationEventPublisher events, TransactionTemplate transactions) {
		this.lookup = lookup;
		this.issues = issues;
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.events = events;
		this.transactions = transactions;
	}

	/** What the page shows; changes nothing. Empty for a token that is not ours. */
	public Optional<Offer> offer(String token) {
		return this.lookup.byUnsubscribeToken(token).flatMap(this::offer);
	}

	private Optional<Offer> offer(DeliveryKey delivery) {
		return this.subscriptions.find(delivery.subscriberId())
			.map((subscriber) -> offer(newsletter(delivery), subscriber));
	}

	private Newsletter newsletter(DeliveryKey delivery) {
		Issue issue = this.issues.byId(delivery.issueId());
		return this.newsletters.byId(issue.newsletterId());
	}

	private Offer offer(Newsletter newsletter, Subscriber subscriber) {
		boolean subscribed = this.subscriptions.state(newsletter.id(), subscriber.id())
			.filter((state) -> state != SubscriptionState.UNSUBSCRIBED)
			.isPresent();
		return new Offer(newsletter.name(), newsletter.language(), mask(subscriber.address()), subscribed);
	}

	/**
	 * Ends the subscription, if it has not ended already.
	 * @return what is true afterwards; empty for a token that is not ours
	 */
	public Optional<Offer> confirm(String token, ConsentSource source) {
		return this.lookup.byUnsubscribeToken(token)
			.flatMap((delivery) -> this.transactions.execute((status) -> confirm(delivery, source)));
	}

	private Optional<Offer> confirm(DeliveryKey delivery, ConsentSource source) {
		if (this.subscriptions.find(delivery.subscriberId()).isPresent()) {
			this.subscriptions.unsubscribe(newsletter(delivery).id(), delivery.subscriberId(), source,
					delivery.issueId());
			this.events.publishEvent(new DeliveryReceived(delivery));
		}
		return offer(delivery);
	}

	/** Enough for its owner to know it by: forwarded mails carry the link too. */
	private static String mask(EmailAddress address) {
		String local = address.localPart();
		return local.substring(0, local.offsetByCodePoints(0, 1)) + "…@" + address.domain();
	}

	/**
	 * @param address the subscriber's, masked
	 * @param subscribed whether there still is a subscription to end
	 */
	public record Offer(String newsletter, Locale language, String address, boolean subscribed) {
	}

}
