package dev.herald.delivery;

import java.time.Instant;

/** The answer to a process that wants to work on a send. */
sealed interface Admission {

	/** The process owns it now, and it is RUNNING. */
	record Granted() implements Admission {
	}

	/** Not due yet, or the tables are being upgraded: ask again then. */
	record Later(Instant at) implements Admission {
	}

	/** Another living process works on it. */
	record Elsewhere(String owner) implements Admission {
	}

	/** Settled, cancelled or held: its status says. */
	record Ended() implements Admission {
	}

}
