package dev.herald.web;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

import dev.herald.account.Account;
import dev.herald.account.Accounts;
import dev.herald.account.SignIns;
import dev.herald.problem.Problem;

/** The account of who asks, and the proof that it is still its owner who does. */
@Component
class OwnAccount {

	private final Accounts accounts;

	private final SignIns signIns;

	private final Words words;

	OwnAccount(Accounts accounts, SignIns signIns, Words words) {
		this.accounts = accounts;
		this.signIns = signIns;
		this.words = words;
	}

	/**
	 * @throws Problem in the demo, which has no accounts
	 */
	Account require() {
		return SignedIn.current()
			.map(SignedIn::account)
			.orElseThrow(() -> Problem.usage(this.words.say("account.none")));
	}

	/**
	 * Asks for the password again, before what a borrowed session must not do; guessing
	 * it here is slowed down as at the door.
	 * @throws Problem when it is wrong, or was wrong too often
	 */
	Account requireWith(String password, HttpServletRequest request) {
		Account account = require();
		String client = request.getRemoteAddr();
		Optional<Duration> pause = this.signIns.pause(client, account.address().value());
		if (pause.isPresent()) {
			throw Problem.usage(this.words.say("sign-in.pause", this.words.until(pause.get())));
		}
		if (!this.accounts.isPassword(account, password)) {
			this.signIns.failed(client, account.address().value());
			throw Problem.usage(this.words.say("account.password.wrong"));
		}
		return account;
	}

}
