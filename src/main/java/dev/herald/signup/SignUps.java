package dev.herald.signup;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.notice.Notices;
import dev.herald.signup.SignUp.State;
import dev.herald.subscriber.SignUpConsents;
import dev.herald.subscriber.SignUpProof;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.SignUpTokens;
import dev.herald.tracking.SubscriptionKey;
import dev.herald.tracking.SubscriptionLinks;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sign-ups and their confirmation. Asking looks at nothing that is known of the address:
 * what mail goes out, if any, is decided in the background, so that neither the answer
 * nor its time says whether somebody subscribes. Thread-safe.
 */
@Service
public class SignUps {

	/** So long a link that has expired can still ask for a new one. */
	private static final Duration KEPT = Duration.ofDays(30);

	private static final Duration TIDIED_EVERY = Duration.ofMinutes(10);

	private static final String WHY_LIFTED = "A mail to the address arrived: its owner confirmed a sign-up.";

	private final SignUpForms forms;

	private final SignUpTable table;

	private final SignUpAllowance allowance;

	private final Agreements agreements;

	private final RefusedDomains refusedDomains;

	private final Newsletters newsletters;

	private final SignUpConsents consents;

	private final Suppressions suppressions;

	private final Subscriptions subscriptions;

	private final SignUpTokens tokens;

	private final SubscriptionLinks links;

	private final Notices notices;

	private final SignUpSettings settings;

	private final TransactionTemplate transactions;

	private final Clock clock;

	private volatile Instant tidiedAt = Instant.MIN;

	SignUps(SignUpForms forms, SignUpTable table, SignUpAllowance allowance, Agreements agreements,
			RefusedDomains refusedDomains, Newsletters newsletters, SignUpConsents consents, Suppressions suppressions,
			Subscriptions subscriptions, SignUpTokens tokens, SubscriptionLinks links, Notices notices,
			SignUpSettings settings, TransactionTemplate transactions, Clock clock) {
		this.forms = forms;
		this.table = table;
		this.allowance = allowance;
		this.agreements = agreements;
		this.refusedDomains = refusedDomains;
		this.newsletters = newsletters;
		this.consents = consents;
		this.suppressions = suppressions;
		this.subscriptions = subscriptions;
		this.tokens = tokens;
		this.links = links;
		this.notices = notices;
		this.settings = settings;
		this.transactions = transactions;
		this.clock = clock;
	}

	/** Whether the operator refuses addresses like this one, whosever it is. */
	public boolean refuse(EmailAddress address) {
		return this.refusedDomains.refuse(address);
	}

	/** What a form has to send along to be taken for a person's: when it was shown. */
	public String formToken(Newsletter newsletter) {
		return this.tokens.form(newsletter.id());
	}

	/** Judges the token that came with a form. */
	public FormAge age(Newsletter newsletter, String formToken) {
		Optional<Duration> age = this.tokens.formAge(newsletter.id(), formToken);
		if (age.isEmpty() || age.get().isNegative() || age.get().compareTo(Duration.ofDays(1)) > 0) {
			return FormAge.NONE;
		}
		return (age.get().compareTo(this.settings.leastTime()) < 0) ? FormAge.TOO_QUICK : FormAge.FINE;
	}

	/**
	 * The version of what somebody of this language agrees to.
	 */
	public String agreement(Newsletter newsletter, Locale language) {
		return Agreements.version(this.forms.of(newsletter).agreement(newsletter, language));
	}

	/** Whether this newsletter's form may have shown that version. */
	public boolean isAgreement(Newsletter newsletter, Locale language, String version) {
		return version.equals(agreement(newsletter, language)) || this.agreements.isKept(version);
	}

	/**
	 * Takes down the wish.
	 * @return false where this network, or everybody together, has signed up too often
	 */
	public boolean ask(Newsletter newsletter, SignUpRequest request) {
		tidy();
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			SignUpAllowance.Answer answer = this.allowance.take(Network.of(request.clientAddress()), request.address());
			if (answer != SignUpAllowance.Answer.YES) {
				status.setRollbackOnly();
				return answer == SignUpAllowance.Answer.ADDRESS_HAD_ENOUGH;
			}
			String agreement = this.forms.of(newsletter).agreement(newsletter, request.language());
			if (request.agreement().equals(Agreements.version(agreement))) {
				this.agreements.keep(agreement);
			}
			this.notices.queue(SignUpNotice.KIND, this.table.insert(newsletter.id(), request));
			return true;
		}));
	}

	private void tidy() {
		Instant now = this.clock.instant();
		if (this.tidiedAt.isBefore(now.minus(TIDIED_EVERY))) {
			this.tidiedAt = now;
			this.allowance.forget();
			this.table.forget(now.minus(this.settings.linkWorks()).minus(KEPT));
		}
	}

	/**
	 * What a confirmation link's page shows; changes nothing. Empty for an unknown one.
	 */
	public Optional<Offer> offer(String token) {
		return this.tokens.signUp(token).flatMap(this.table::find).flatMap(this::offer);
	}

	private Optional<Offer> offer(SignUp signUp) {
		return status(signUp).map((status) -> new Offer(this.newsletters.byId(signUp.newsletterId()), signUp.language(),
				status, (status == Status.CONFIRMED) ? preferences(signUp) : null));
	}

	/**
	 * For who has joined. Null for who left since, or whose newsletters go to another
	 * address by now: the link went to the old one.
	 */
	private @Nullable URI preferences(SignUp signUp) {
		return this.subscriptions.find(signUp.address())
			.filter((reader) -> this.subscriptions.state(signUp.newsletterId(), reader.id())
				.filter((state) -> state == SubscriptionState.ACTIVE)
				.isPresent())
			.map((reader) -> this.links.preferences(new SubscriptionKey(signUp.newsletterId(), reader.id())))
			.orElse(null);
	}

	/** Empty where no link was ever sent, or what its mail came back for is over. */
	private Optional<Status> status(SignUp signUp) {
		if (signUp.state() == State.CONFIRMED) {
			return Optional.of(Status.CONFIRMED);
		}
		if (signUp.state() == State.CLOSED) {
			return this.suppressions.find(signUp.address()).map((suppression) -> Status.SUPPRESSED);
		}
		Instant offered = signUp.offeredAt();
		if (signUp.state() != State.OFFERED || offered == null) {
			return Optional.empty();
		}
		boolean expired = offered.plus(this.settings.linkWorks()).isBefore(this.clock.instant());
		return Optional.of(expired ? Status.EXPIRED : Status.OPEN);
	}

	/**
	 * The reader pressed the button. Pressed twice it is one confirmation.
	 * @return what is true afterwards; empty for an unknown token
	 */
	public Optional<Offer> confirm(String token, String clientAddress) {
		return this.tokens.signUp(token)
			.flatMap((id) -> Objects.requireNonNull(this.transactions.execute((status) -> this.table.lock(id)
				.flatMap((signUp) -> offer(signUp).map(
						(offer) -> (offer.status() != Status.OPEN) ? offer : confirm(signUp, offer, clientAddress))))));
	}

	private Offer confirm(SignUp signUp, Offer offer, String clientAddress) {
		Optional<SuppressionReason> suppressed = this.suppressions.find(signUp.address())
			.map(Suppressions.Suppression::reason);
		if (suppressed.isPresent() && !isMended(suppressed.get())) {
			return new Offer(offer.newsletter(), offer.language(), Status.SUPPRESSED, null);
		}
		suppressed
			.ifPresent((reason) -> this.suppressions.liftWithOthers(signUp.address(), WHY_LIFTED, Suppressions.HERALD));
		SignUpConsents.Confirmed confirmed = this.consents.confirmed(signUp.newsletterId(), signUp.address(),
				signUp.name(), new SignUpProof(signUp.askedAt(), signUp.form(), signUp.agreement(),
						this.settings.keepNetworkAddress() ? clientAddress : null));
		this.table.confirmed(signUp);
		if (confirmed.changed()) {
			welcome(offer.newsletter(), confirmed.subscriberId());
		}
		return new Offer(offer.newsletter(), offer.language(), Status.CONFIRMED, preferences(signUp));
	}

	/** A mailbox that was dead is alive when its owner follows a link in it. */
	static boolean isMended(SuppressionReason reason) {
		return switch (reason) {
			case HARD_BOUNCE, SOFT_BOUNCES -> true;
			case COMPLAINT, ADMIN, ERASED -> false;
		};
	}

	private void welcome(Newsletter newsletter, int subscriberId) {
		Welcome welcome = this.forms.of(newsletter).welcome();
		if (welcome != Welcome.NONE) {
			this.notices.queue(WelcomeLetter.KIND, WelcomeLetter.about(newsletter.id(), subscriberId));
		}
		if (welcome == Welcome.ISSUE) {
			this.notices.queue(WelcomeIssue.KIND, WelcomeLetter.about(newsletter.id(), subscriberId));
		}
	}

	/**
	 * Asks for a new mail where the link has expired, within the same limits.
	 * @return what the page shows; empty for an unknown token
	 */
	public Optional<Again> again(String token, String clientAddress) {
		return this.tokens.signUp(token).flatMap(this.table::find).flatMap((signUp) -> offer(signUp).map((offer) -> {
			if (offer.status() != Status.EXPIRED || !this.forms.of(offer.newsletter()).offered()) {
				return new Again(offer, false, true);
			}
			boolean taken = ask(offer.newsletter(), new SignUpRequest(signUp.address(), signUp.name(),
					signUp.language(), signUp.form(), signUp.agreement(), clientAddress));
			return new Again(offer, taken, taken);
		}));
	}

	/** How old a form is that was sent. */
	public enum FormAge {

		FINE, TOO_QUICK,

		/** It is not known, or too old. */
		NONE

	}

	/** What a confirmation link can do. */
	public enum Status {

		OPEN, CONFIRMED, EXPIRED,

		/** The address gets nothing from here, whoever asks. */
		SUPPRESSED

	}

	/**
	 * @param preferences where who has joined can choose; null as long as nobody has
	 */
	public record Offer(Newsletter newsletter, Locale language, Status status, @Nullable URI preferences) {
	}

	/**
	 * @param asked whether it was asked for a new mail
	 * @param allowed false where it was asked too often
	 */
	public record Again(Offer offer, boolean asked, boolean allowed) {
	}

}
