package dev.herald.tracking;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Standing;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.Undo;
import dev.herald.tracking.MailReaders.Reader;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends or pauses a subscription by what is in a mail: its link or its address. The token
 * there is the proof: no sign-in. It works for every issue ever sent, and any number of
 * times. Thread-safe.
 */
@Service
public class Unsubscribing {

	private final MailReaders readers;

	private final Tokens tokens;

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transactions;

	private final Clock clock;

	Unsubscribing(MailReaders readers, Tokens tokens, Newsletters newsletters, Subscriptions subscriptions,
			ApplicationEventPublisher events, TransactionTemplate transactions, Clock clock) {
		this.readers = readers;
		this.tokens = tokens;
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.events = events;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** What the page shows; changes nothing. Empty for a token that is not ours. */
	public Optional<Offer> offer(String token) {
		return this.readers.byToken(token).flatMap((named) -> offer(named, false));
	}

	private Optional<Offer> offer(Reader named, boolean undo) {
		return this.subscriptions.find(named.subscriberId())
			.map((subscriber) -> offer(this.newsletters.byId(named.newsletterId()), subscriber,
					undo ? undoToken(subscriber) : null));
	}

	private @Nullable String undoToken(Subscriber subscriber) {
		return this.subscriptions.lastChoice(subscriber.id())
			.map((choice) -> this.tokens.writeNumber(TokenPurpose.UNDO, choice))
			.orElse(null);
	}

	private Offer offer(Newsletter newsletter, Subscriber subscriber, @Nullable String undo) {
		List<Standing> standings = this.subscriptions.standings(subscriber.id());
		Standing standing = standings.stream()
			.filter((one) -> one.newsletterId() == newsletter.id())
			.findFirst()
			.orElse(new Standing(newsletter.id(), SubscriptionState.UNSUBSCRIBED, null));
		Boolean tracked = (newsletter.tracking() == TrackingMode.PERSONS && standing.subscribed())
				? this.subscriptions.tracked(newsletter.id(), subscriber.id()) : null;
		boolean others = standings.stream()
			.anyMatch((one) -> one.newsletterId() != newsletter.id() && one.subscribed());
		return new Offer(newsletter.name(), this.subscriptions.language(subscriber.id()).orElse(newsletter.language()),
				subscriber.address().masked(), standing.state(),
				standing.paused(this.clock.instant()) ? standing.pausedUntil() : null, others, undo, tracked);
	}

	/**
	 * Does what was chosen, if it is not so already.
	 * @return what is true afterwards; empty for a token that is not ours
	 */
	public Optional<Offer> choose(String token, Choice choice, ConsentSource source) {
		return this.readers.byToken(token).flatMap((named) -> {
			apply(named, choice, source);
			return offer(named, source == ConsentSource.UNSUBSCRIBE_PAGE && !choice.isOfTracking());
		});
	}

	/** Ends the subscription of a reader who wrote to the address that a mail named. */
	public void byMail(DeliveryKey delivery) {
		this.readers.of(delivery).ifPresent((named) -> apply(named, Choice.UNSUBSCRIBE, ConsentSource.MAILTO));
	}

	/**
	 * Ends the subscription of a reader who left by a way that a relay's provider offers.
	 */
	public void byProvider(DeliveryKey delivery) {
		this.readers.of(delivery).ifPresent((named) -> apply(named, Choice.UNSUBSCRIBE, ConsentSource.PROVIDER));
	}

	private void apply(Reader named, Choice choice, ConsentSource source) {
		int subscriber = named.subscriberId();
		int newsletter = named.newsletterId();
		DeliveryKey delivery = named.delivery();
		Integer issue = named.issueId();
		this.transactions.executeWithoutResult((status) -> {
			switch (choice) {
				case UNSUBSCRIBE -> this.subscriptions.unsubscribe(newsletter, subscriber, source, issue);
				case UNSUBSCRIBE_ALL -> this.subscriptions.unsubscribeFromAll(subscriber, source, issue);
				case PAUSE_2_WEEKS, PAUSE_1_MONTH, PAUSE_3_MONTHS ->
					this.subscriptions.pause(newsletter, subscriber, end(choice.pause().orElseThrow()), source, issue);
				case RESUME -> this.subscriptions.pause(newsletter, subscriber, null, source, issue);
				case ALLOW_TRACKING, REFUSE_TRACKING -> this.subscriptions.track(newsletter, subscriber,
						choice == Choice.ALLOW_TRACKING, ConsentSource.TRACKING_CHOICE, issue);
			}
			if (delivery != null) {
				this.events.publishEvent(new DeliveryReceived(delivery));
			}
		});
	}

	/** Until the beginning of a day, so that a button pressed twice is one choice. */
	private Instant end(Period pause) {
		return today().plus(pause).atStartOfDay(ZoneOffset.UTC).toInstant();
	}

	/** In UTC, as all days on the page: where its reader is nobody knows. */
	public LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	/**
	 * Takes back what was chosen on the page.
	 * @param undo as the page offered it
	 * @return empty for a token that is not ours
	 */
	public Optional<Undone> undo(String token, String undo) {
		return this.readers.byToken(token).flatMap((named) -> {
			Undo outcome = this.tokens.readNumber(TokenPurpose.UNDO, undo)
				.map((choice) -> this.subscriptions.undo(choice, named.subscriberId(), named.issueId()))
				.orElse(Undo.UNKNOWN);
			return offer(named, false).map((offer) -> new Undone(outcome, offer));
		});
	}

	/**
	 * @param address the subscriber's, masked
	 * @param state of the subscription to this newsletter
	 * @param pausedUntil null while it is not paused
	 * @param others whether there are subscriptions to other newsletters
	 * @param undo what takes the last choice back; null where there is none to take back
	 * @param tracked whether the reader consented to being tracked; null where nobody is
	 * asked
	 */
	public record Offer(String newsletter, Locale language, String address, SubscriptionState state,
			@Nullable Instant pausedUntil, boolean others, @Nullable String undo, @Nullable Boolean tracked) {
	}

	/**
	 * @param offer what is true afterwards
	 */
	public record Undone(Undo outcome, Offer offer) {
	}

}
