package dev.herald.account;

import java.time.Duration;
import java.util.Optional;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

import dev.herald.audit.Action;
import dev.herald.audit.Actor;
import dev.herald.audit.Change;

/**
 * How attempts to sign in went: for the brake on guessing, and for the audit log.
 * Thread-safe.
 */
@Service
public class SignIns {

	private final GuessingBrake brake;

	private final Accounts accounts;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher events;

	SignIns(GuessingBrake brake, Accounts accounts, TransactionTemplate transactions,
			ApplicationEventPublisher events) {
		this.brake = brake;
		this.accounts = accounts;
		this.transactions = transactions;
		this.events = events;
	}

	/** How long this client has to wait before it may try this account; empty: not. */
	public Optional<Duration> pause(String client, String address) {
		return this.brake.pause(client, name(address));
	}

	/** Signed in wholly, with all that the account needs for it. */
	public void succeeded(String client, Account account) {
		this.transactions.executeWithoutResult((status) -> {
			this.brake.succeeded(client, account.address().value());
			this.events.publishEvent(Change.of(Action.SIGN_IN_SUCCEEDED, account.address().value())
				.with("client", client)
				.by(new Actor(Actor.Kind.ACCOUNT, account.address().value())));
		});
	}

	/**
	 * A wrong password or code. What was typed as an address of no account is not kept:
	 * it may be a password.
	 */
	public void failed(String client, String address) {
		this.transactions.executeWithoutResult((status) -> {
			this.brake.failed(client, name(address));
			this.accounts.find(address)
				.ifPresent((account) -> this.events
					.publishEvent(Change.of(Action.SIGN_IN_FAILED, account.address().value())
						.by(new Actor(Actor.Kind.VISITOR, client))));
		});
	}

	/**
	 * Lets everybody try again at once.
	 * @return whether anything was counted against anybody
	 */
	public boolean unlock() {
		return Boolean.TRUE.equals(this.transactions.execute((status) -> {
			boolean counted = this.brake.forgetAll();
			if (counted) {
				this.events.publishEvent(Change.of(Action.SIGN_IN_UNLOCKED, "all accounts"));
			}
			return counted;
		}));
	}

	/** However the address is typed, it is one account's. */
	private String name(String address) {
		return this.accounts.find(address).map((account) -> account.address().value()).orElse(address);
	}

}
