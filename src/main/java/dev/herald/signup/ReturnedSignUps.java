package dev.herald.signup;

import dev.herald.address.EmailAddress;
import dev.herald.subscriber.ConsentSource;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.SignUpMailReturned;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes a sign-up whose mail came back, so that nobody can have further mails sent to an
 * address that is dead, or whose owner called the first one spam. The same report again
 * changes nothing, even if somebody lifted the suppression since. Thread-safe.
 */
@Component
class ReturnedSignUps {

	private static final String OVERRULED = "A complaint about a sign-up's mail came, which weighs more.";

	private final SignUpTable table;

	private final Subscriptions subscriptions;

	private final Suppressions suppressions;

	private final TransactionTemplate transactions;

	ReturnedSignUps(SignUpTable table, Subscriptions subscriptions, Suppressions suppressions,
			TransactionTemplate transactions) {
		this.table = table;
		this.subscriptions = subscriptions;
		this.suppressions = suppressions;
		this.transactions = transactions;
	}

	@EventListener
	void on(SignUpMailReturned returned) {
		this.transactions.executeWithoutResult((status) -> this.table.lock(returned.signUp())
			.filter((signUp) -> concerns(signUp, returned))
			.ifPresent((signUp) -> close(signUp, returned)));
	}

	private static boolean concerns(SignUp signUp, SignUpMailReturned returned) {
		return switch (signUp.state()) {
			case ASKED, OFFERED, KNOWN, SILENT -> true;
			// A mailbox that the link was opened in is not dead.
			case CONFIRMED -> returned.complaint();
			case CLOSED -> false;
		};
	}

	private void close(SignUp signUp, SignUpMailReturned returned) {
		if (returned.complaint()) {
			complained(signUp, returned.evidence());
		}
		else {
			suppress(signUp.address(), SuppressionReason.HARD_BOUNCE, returned.evidence());
		}
		this.table.close(signUp);
	}

	/** Bounces suppress until somebody confirms; a complaint has to outlast that. */
	private void complained(SignUp signUp, String evidence) {
		this.subscriptions.find(signUp.address())
			.ifPresent((subscriber) -> this.subscriptions.unsubscribe(signUp.newsletterId(), subscriber.id(),
					ConsentSource.COMPLAINT, null));
		this.suppressions.find(signUp.address())
			.filter((suppression) -> SignUps.isMended(suppression.reason()))
			.ifPresent((suppression) -> this.suppressions.liftWithOthers(signUp.address(), OVERRULED,
					Suppressions.HERALD));
		suppress(signUp.address(), SuppressionReason.COMPLAINT, evidence);
	}

	private void suppress(EmailAddress address, SuppressionReason reason, String evidence) {
		this.suppressions.suppress(address, reason, evidence, Suppressions.HERALD);
	}

}
