package dev.herald.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Writes groups to the ledger, and does not give up while the database is away: killed,
 * its disk full, the connection lost. What a relay answered is known here alone until the
 * ledger has it, so the connections wait with it, nothing more is claimed, and all goes
 * on by itself when the database is back. Only a process that is told to end gives up,
 * after a while: its claims are found UNCERTAIN then.
 */
@Component
class LedgerPatience {

	/** Less than spring.lifecycle.timeout-per-shutdown-phase. */
	private static final Duration LAST_PATIENCE = Duration.ofSeconds(20);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private static final Logger logger = LoggerFactory.getLogger(LedgerPatience.class);

	private final LedgerGroup ledger;

	private final ActiveSends active;

	private volatile String trouble = "";

	LedgerPatience(LedgerGroup ledger, ActiveSends active) {
		this.ledger = ledger;
		this.active = active;
	}

	/**
	 * Blocks until the group is committed.
	 * @throws NestedRuntimeException when the process must end before, or what is to be
	 * written can't be
	 */
	void write(List<GroupCommit.Member> group) {
		long begun = System.nanoTime();
		int failures = 0;
		while (true) {
			try {
				this.ledger.write(group, failures > 0);
				recovered(begun);
				return;
			}
			catch (DataIntegrityViolationException ex) {
				// A fault of Herald's own, which no patience mends: it must not stop the
				// others.
				if (group.size() == 1) {
					throw ex;
				}
				group.forEach((member) -> write(List.of(member)));
				return;
			}
			catch (NestedRuntimeException ex) {
				failures++;
				if (!(ex instanceof PessimisticLockingFailureException)) {
					met(ex);
				}
				if (this.active.isClosing() && System.nanoTime() - begun > LAST_PATIENCE.toNanos()) {
					throw ex;
				}
				pause(failures);
			}
		}
	}

	private void met(NestedRuntimeException ex) {
		Throwable root = ex.getMostSpecificCause();
		String reason = (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
		if (this.trouble.isEmpty()) {
			logger.warn(
					"Send {} waits, since the database can't be written: {}. What the relay answered is kept meanwhile. Look at the database and its disk",
					this.active.ids(), reason);
		}
		this.trouble = reason;
	}

	private void recovered(long begun) {
		if (!this.trouble.isEmpty()) {
			this.trouble = "";
			logger.warn("Send {} goes on: the database can be written again, after {} s", this.active.ids(),
					TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
		}
	}

	private static void pause(int failures) {
		long millis = Math.min(FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10), LONGEST_PAUSE.toMillis());
		boolean interrupted = false;
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
			try {
				TimeUnit.NANOSECONDS.sleep(left);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
