package dev.herald.signup;

import java.time.Clock;

import dev.herald.digest.Sha256;
import dev.herald.schema.Utc;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Texts that readers agree to, each kept once by its SHA-256: a record of consent names
 * the very version. Thread-safe.
 */
@Component
class Agreements {

	private final JdbcClient jdbc;

	private final Clock clock;

	Agreements(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** The version of a text: its SHA-256 in hex. */
	static String version(String text) {
		return Sha256.hex(text);
	}

	void keep(String text) {
		String version = version(text);
		if (!isKept(version)) {
			this.jdbc.sql("INSERT IGNORE INTO agreement (sha256, text, since) VALUES (?, ?, ?)")
				.params(version, text, Utc.of(this.clock.instant()))
				.update();
		}
	}

	/** Whether somebody may have been shown it: a form stays open while it is changed. */
	boolean isKept(String version) {
		return this.jdbc.sql("SELECT COUNT(*) FROM agreement WHERE sha256 = ?")
			.param(version)
			.query(Integer.class)
			.single() == 1;
	}

}
