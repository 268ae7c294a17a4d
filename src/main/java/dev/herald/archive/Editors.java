package dev.herald.archive;

import java.util.Arrays;

import dev.herald.account.Account;
import dev.herald.account.Accounts;
import dev.herald.account.Role;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Who may read what is not published: whoever is signed in. In the demo, which has no
 * accounts and answers this machine alone, everybody. Thread-safe.
 */
@Component
class Editors {

	private final Accounts accounts;

	private final boolean demo;

	Editors(Accounts accounts, Environment environment) {
		this.accounts = accounts;
		this.demo = environment.acceptsProfiles(Profiles.of("demo"));
	}

	/** An account that was disabled is out at once, whatever its session says. */
	boolean include(HttpServletRequest request) {
		String user = request.getRemoteUser();
		return this.demo
				|| (user != null && hasRole(request) && this.accounts.find(user).filter(Account::enabled).isPresent());
	}

	/** Who still owes the code of the second factor has none. */
	private static boolean hasRole(HttpServletRequest request) {
		return Arrays.stream(Role.values()).anyMatch((role) -> request.isUserInRole(role.name()));
	}

}
