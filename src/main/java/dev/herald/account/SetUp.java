package dev.herald.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import org.springframework.stereotype.Component;

import org.jspecify.annotations.Nullable;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;

/**
 * The way to the first account: a token that lives in this process's memory while there
 * is no account, and dies with the first. Thread-safe.
 */
@Component
public class SetUp {

	private static final int TOKEN_BYTES = 32;

	private final Accounts accounts;

	private @Nullable String token;

	SetUp(Accounts accounts) {
		this.accounts = accounts;
	}

	/** The token, made when it is first asked for; empty once there is an account. */
	public synchronized Optional<String> token() {
		if (!this.accounts.none()) {
			this.token = null;
		}
		else if (this.token == null) {
			byte[] random = new byte[TOKEN_BYTES];
			new SecureRandom().nextBytes(random);
			this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
		}
		return Optional.ofNullable(this.token);
	}

	/** Compares in constant time. */
	public synchronized boolean accepts(String offered) {
		return this.token != null && token().isPresent() && MessageDigest
			.isEqual(this.token.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Makes the first account, an ADMIN.
	 * @throws Problem when the token is not the one, or the address or the password
	 * breaks a rule; the token then stays good
	 */
	public synchronized Account firstAdmin(String offered, String address, String password) {
		if (!accepts(offered)) {
			throw expired();
		}
		Account first = this.accounts.createFirst(address, password).orElseThrow(SetUp::expired);
		this.token = null;
		return first;
	}

	private static Problem expired() {
		return Problem.usage(Sentence.of("account.set-up-over"));
	}

}
