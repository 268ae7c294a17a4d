package dev.herald.signup;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.herald.newsletter.Newsletters;
import dev.herald.notice.NoticeWriter;
import dev.herald.render.Notice;
import dev.herald.render.NoticeCompiler;
import dev.herald.render.OutgoingMessage;
import dev.herald.settings.Installation;
import dev.herald.signup.SignUp.State;
import dev.herald.subscriber.SignUpConsents;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.SubscriptionState;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.SignUpTokens;
import dev.herald.tracking.SubscriptionKey;
import dev.herald.tracking.SubscriptionLinks;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Answers a sign-up by mail: with a link that confirms it, or with the news that there is
 * a subscription, or not at all. Decided once; another attempt writes the same mail.
 * Thread-safe.
 */
@Component
class SignUpNotice implements NoticeWriter {

	static final String KIND = "sign-up";

	private final SignUpTable table;

	private final SignUpAllowance allowance;

	private final SignUpSettings settings;

	private final Newsletters newsletters;

	private final Subscriptions subscriptions;

	private final SignUpConsents consents;

	private final Suppressions suppressions;

	private final SignUpTokens tokens;

	private final SubscriptionLinks links;

	private final NoticeCompiler compiler;

	private final Installation installation;

	private final TransactionTemplate transactions;

	SignUpNotice(SignUpTable table, SignUpAllowance allowance, SignUpSettings settings, Newsletters newsletters,
			Subscriptions subscriptions, SignUpConsents consents, Suppressions suppressions, SignUpTokens tokens,
			SubscriptionLinks links, NoticeCompiler compiler, Installation installation,
			TransactionTemplate transactions) {
		this.table = table;
		this.allowance = allowance;
		this.settings = settings;
		this.newsletters = newsletters;
		this.subscriptions = subscriptions;
		this.consents = consents;
		this.suppressions = suppressions;
		this.tokens = tokens;
		this.links = links;
		this.compiler = compiler;
		this.installation = installation;
		this.transactions = transactions;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public Optional<OutgoingMessage> write(long about) {
		return this.table.find(about).flatMap((signUp) -> {
			State state = (signUp.state() == State.ASKED) ? decided(signUp.id()) : signUp.state();
			return switch (state) {
				case OFFERED -> Optional.of(confirmation(signUp));
				case KNOWN -> known(signUp);
				case ASKED, SILENT, CONFIRMED, CLOSED -> Optional.empty();
			};
		});
	}

	private State decided(long id) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			SignUp signUp = this.table.lock(id).orElseThrow();
			if (signUp.state() != State.ASKED) {
				// Another server was quicker.
				return signUp.state();
			}
			State state = decide(signUp);
			if (state == State.OFFERED) {
				this.consents.asked(signUp.newsletterId(), signUp.address());
			}
			this.table.set(signUp, state);
			return state;
		}));
	}

	private State decide(SignUp signUp) {
		Optional<SuppressionReason> suppressed = this.suppressions.find(signUp.address())
			.map(Suppressions.Suppression::reason);
		if (suppressed.isPresent()) {
			boolean worthATry = SignUps.isMended(suppressed.get()) && this.allowance.mayTry(signUp.address());
			return worthATry ? State.OFFERED : State.SILENT;
		}
		if (subscriber(signUp).isPresent()) {
			return this.allowance.mayTell(signUp.address()) ? State.KNOWN : State.SILENT;
		}
		return State.OFFERED;
	}

	/** Who subscribes at present. */
	private Optional<Subscriber> subscriber(SignUp signUp) {
		return this.subscriptions.find(signUp.address())
			.filter((subscriber) -> this.subscriptions.state(signUp.newsletterId(), subscriber.id())
				.filter((state) -> state == SubscriptionState.ACTIVE)
				.isPresent());
	}

	private OutgoingMessage confirmation(SignUp signUp) {
		URI link = URI.create(this.installation.baseUrl() + "/confirm/" + this.tokens.confirmation(signUp.id()));
		return this.compiler.message(new Notice("confirm", "confirm", this.newsletters.byId(signUp.newsletterId()),
				signUp.language(), signUp.address(), Map.of("days", days()), Map.of("confirm", link), null,
				this.links.signUpSender(signUp.id()), this.links.signUpMessageId(signUp.id())));
	}

	/** Rounded up: a link that works longer than was said harms nobody. */
	private String days() {
		return Long.toString((this.settings.linkWorks().toHours() + 23) / 24);
	}

	/** Empty where the reader has left meanwhile. */
	private Optional<OutgoingMessage> known(SignUp signUp) {
		return subscriber(signUp).map((subscriber) -> this.compiler.message(new Notice("already", "already",
				this.newsletters.byId(signUp.newsletterId()), signUp.language(), subscriber.address(), Map.of(),
				Map.of(), this.links.unsubscribe(new SubscriptionKey(signUp.newsletterId(), subscriber.id())),
				this.links.signUpSender(signUp.id()), this.links.signUpMessageId(signUp.id()))));
	}

}
