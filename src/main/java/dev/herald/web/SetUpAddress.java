package dev.herald.web;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.herald.account.SetUp;
import dev.herald.settings.Installation;

/**
 * Prints, at each start while there is no account, the address that makes the first one:
 * to the console, which only the operator reads, and not into the log, which is kept.
 */
@Component
@Profile("!demo")
class SetUpAddress {

	private final SetUp setUp;

	private final Installation installation;

	SetUpAddress(SetUp setUp, Installation installation) {
		this.setUp = setUp;
		this.installation = installation;
	}

	@EventListener(ApplicationReadyEvent.class)
	void print() {
		this.setUp.token()
			.ifPresent((token) -> System.out.printf(
					"%nThere is no account yet. Make the first one at %s/setup?token=%s%n%n",
					this.installation.baseUrl(), token));
	}

}
