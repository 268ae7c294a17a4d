package dev.herald.person;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.newsletter.TrackingMode;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Profile;
import dev.herald.subscriber.Profiles;
import dev.herald.subscriber.Standing;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.DeliveryKey;
import dev.herald.tracking.DeliveryReceived;
import dev.herald.tracking.MailReaders;
import dev.herald.tracking.MailReaders.Reader;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a reader chooses by the link in a mail, whose token is the proof: which
 * newsletters, a pause, and what is true for all of them. Thread-safe.
 */
@Service
public class Preferences {

	/** A pause beyond that is a forgotten subscription. */
	static final int LONGEST_PAUSE_DAYS = 366;

	private static final ConsentSource SOURCE = ConsentSource.PREFERENCES;

	private final MailReaders readers;

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final Profiles profiles;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transactions;

	private final Clock clock;

	Preferences(MailReaders readers, Newsletters newsletters, Subscriptions subscriptions, Profiles profiles,
			ApplicationEventPublisher events, TransactionTemplate transactions, Clock clock) {
		this.readers = readers;
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.profiles = profiles;
		this.events = events;
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * What there is to choose; changes nothing. Empty for a token that is not ours, and
	 * for who was erased.
	 */
	public Optional<Offer> offer(String token) {
		return this.readers.byToken(token).flatMap(this::offer);
	}

	private Optional<Offer> offer(Reader reader) {
		return this.profiles.find(reader.subscriberId()).map((profile) -> {
			Map<Integer, Standing> standings = standings(profile.id());
			List<Choice> choices = this.newsletters.all()
				.stream()
				.map((newsletter) -> choice(profile.id(), newsletter, isActive(standings.get(newsletter.id()))))
				.filter((choice) -> choice.subscribed() || choice.newsletter().archived())
				.toList();
			LocalDate today = LocalDate.ofInstant(this.clock.instant(), zone(profile.zone()));
			return new Offer(this.newsletters.byId(reader.newsletterId()), profile, choices,
					pausedUntil(standings, profile), today.plusDays(1), today.plusDays(LONGEST_PAUSE_DAYS));
		});
	}

	private Choice choice(int reader, Newsletter newsletter, boolean subscribed) {
		boolean asked = subscribed && newsletter.tracking() == TrackingMode.PERSONS;
		return new Choice(newsletter, subscribed, asked ? this.subscriptions.tracked(newsletter.id(), reader) : null);
	}

	private Map<Integer, Standing> standings(int subscriberId) {
		return this.subscriptions.standings(subscriberId)
			.stream()
			.collect(Collectors.toMap(Standing::newsletterId, (standing) -> standing));
	}

	private static boolean isActive(@Nullable Standing standing) {
		return standing != null && standing.state() == SubscriptionState.ACTIVE;
	}

	/** Where they end at different days, the last: then all mail comes again. */
	private @Nullable LocalDate pausedUntil(Map<Integer, Standing> standings, Profile profile) {
		Instant now = this.clock.instant();
		return standings.values()
			.stream()
			.filter((standing) -> isActive(standing) && standing.paused(now))
			.map((standing) -> Objects.requireNonNull(standing.pausedUntil()))
			.max(Comparator.naturalOrder())
			.map((end) -> LocalDate.ofInstant(end, zone(profile.zone())))
			.orElse(null);
	}

	private static ZoneId zone(@Nullable ZoneId chosen) {
		return (chosen != null) ? chosen : ZoneOffset.UTC;
	}

	/**
	 * Does what was chosen, if it is not so already.
	 * @param wanted its pause must lie within what was offered
	 * @return what is true afterwards; empty for a token that is not ours
	 */
	public Optional<Offer> choose(String token, Wanted wanted) {
		return this.readers.byToken(token).flatMap((reader) -> offer(reader).flatMap((before) -> {
			this.transactions.executeWithoutResult((status) -> apply(reader, before, wanted));
			return offer(reader);
		}));
	}

	private void apply(Reader by, Offer before, Wanted wanted) {
		int reader = by.subscriberId();
		Integer issue = by.issueId();
		Instant pause = start(wanted.pausedUntil(), wanted.zone());
		this.profiles.change(reader, wanted.name(), wanted.language(), wanted.zone());
		for (Choice choice : before.choices()) {
			boolean chosen = wanted.newsletters().contains(choice.newsletter().key());
			int newsletter = choice.newsletter().id();
			if (chosen && !choice.subscribed()) {
				this.subscriptions.subscribe(newsletter, reader, SOURCE, issue);
				this.subscriptions.pause(newsletter, reader, pause, SOURCE, issue);
			}
			else if (!chosen && choice.subscribed()) {
				this.subscriptions.unsubscribe(newsletter, reader, SOURCE, issue);
			}
			else if (chosen && choice.tracked() != null) {
				this.subscriptions.track(newsletter, reader, wanted.tracked().contains(choice.newsletter().key()),
						ConsentSource.TRACKING_CHOICE, issue);
			}
		}
		// Pauses of different lengths, made elsewhere, stay as they are unless the day is
		// changed here.
		if (!Objects.equals(before.pausedUntil(), wanted.pausedUntil())) {
			this.subscriptions.pauseAll(reader, pause, SOURCE, issue);
		}
		DeliveryKey delivery = by.delivery();
		if (delivery != null) {
			this.events.publishEvent(new DeliveryReceived(delivery));
		}
	}

	/** The beginning of the day where the reader is. */
	private static @Nullable Instant start(@Nullable LocalDate day, @Nullable ZoneId zone) {
		return (day != null) ? day.atStartOfDay(zone(zone)).toInstant() : null;
	}

	/**
	 * What the page shows.
	 *
	 * @param newsletter whose mail led there
	 * @param choices those that are subscribed to, and all that everybody may read
	 * @param pausedUntil null while nothing is paused
	 * @param earliest that a pause may last to
	 * @param latest that a pause may last to
	 */
	public record Offer(Newsletter newsletter, Profile profile, List<Choice> choices, @Nullable LocalDate pausedUntil,
			LocalDate earliest, LocalDate latest) {

		/** In which the page speaks where the reader's browser wants nothing else. */
		public Locale language() {
			Locale chosen = this.profile.language();
			return (chosen != null) ? chosen : this.newsletter.language();
		}

	}

	/**
	 * @param tracked whether the reader consented to being tracked; null where nobody is
	 * asked
	 */
	public record Choice(Newsletter newsletter, boolean subscribed, @Nullable Boolean tracked) {
	}

	/**
	 * What was chosen.
	 *
	 * @param newsletters the keys of all that are wanted
	 * @param tracked the keys of all whose editors may know what is read; of those that
	 * don't ask it means nothing
	 * @param pausedUntil null for no pause
	 */
	public record Wanted(Set<String> newsletters, Set<String> tracked, String name, @Nullable Locale language,
			@Nullable ZoneId zone, @Nullable LocalDate pausedUntil) {
	}

}
