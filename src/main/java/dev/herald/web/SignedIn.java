package dev.herald.web;

import java.util.List;
import java.util.Optional;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

import dev.herald.account.Account;

/**
 * Who is signed in, as the account is at this request.
 *
 * @param token the name of the API token that asks; empty for a person
 */
record SignedIn(Account account, String token) implements AuthenticatedPrincipal {

	/** The password was right, the code of the second factor is outstanding. */
	static final String CODE_OUTSTANDING = "CODE_OUTSTANDING";

	/** An ADMIN has to set the second factor up before anything else. */
	static final String TOTP_NEEDED = "TOTP_NEEDED";

	@Override
	public String getName() {
		return this.account.address().value();
	}

	/**
	 * @param authority of the role, or one of those above
	 */
	Authentication with(String authority) {
		return UsernamePasswordAuthenticationToken.authenticated(this, "",
				List.of(new SimpleGrantedAuthority(authority)));
	}

	/** Empty where nobody has signed in, as in the demo. */
	static Optional<SignedIn> current() {
		Authentication who = SecurityContextHolder.getContext().getAuthentication();
		return (who != null && who.getPrincipal() instanceof SignedIn signedIn) ? Optional.of(signedIn)
				: Optional.empty();
	}

	static boolean currentHas(String authority) {
		Authentication who = SecurityContextHolder.getContext().getAuthentication();
		return who != null && who.getAuthorities().stream().anyMatch((held) -> authority.equals(held.getAuthority()));
	}

}
