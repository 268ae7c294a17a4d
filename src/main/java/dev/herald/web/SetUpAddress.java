package dev.herald.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import dev.herald.account.SetUp;
import dev.herald.settings.Installation;

/**
 * Prints, at each start while there is no account, the address that makes the first one.
 * The log is the one place that only the operator reads.
 */
@Component
@Profile("!demo")
class SetUpAddress {

	private static final Logger logger = LoggerFactory.getLogger(SetUpAddress.class);

	private final SetUp setUp;

	private final Installation installation;

	SetUpAddress(SetUp setUp, Installation installation) {
		this.setUp = setUp;
		this.installation = installation;
	}

	@EventListener(ApplicationReadyEvent.class)
	void print() {
		this.setUp.token()
			.ifPresent((token) -> logger.info("There is no account yet. Make the first one at {}/setup?token={}",
					this.installation.baseUrl(), token));
	}

}
