package dev.herald.pacing;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The one way through which MAIL commands of this process go, so that their limits hold
 * to the letter. One for the process: two gates do not know of each other. Thread-safe.
 */
public final class MailGate {

	/** How often a waiting thread asks whether to give up. */
	private static final long LONGEST_PARK = 50_000_000;

	/** Not a monitor, so that a virtual thread that waits for it frees its carrier. */
	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Waits until every limit agrees, then writes. Without limits it writes at once and
	 * takes no lock.
	 * @param limits that bind this message
	 * @param writeMail writes the command and does not wait for the reply: all other
	 * limited messages wait for it
	 * @param giveUp asked before the write and at least every 100 ms while waiting
	 * @return false when giveUp said so or the thread was interrupted: nothing is written
	 * @throws IOException from the write, which counts all the same: who knows how much
	 * of it left
	 */
	public boolean pass(List<RateLimit> limits, Action writeMail, BooleanSupplier giveUp) throws IOException {
		while (!giveUp.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
			long wait = limits.isEmpty() ? write(limits, writeMail) : tryToWrite(limits, writeMail);
			if (wait == 0) {
				return true;
			}
			LockSupport.parkNanos(this, Math.min(wait, LONGEST_PARK));
		}
		return false;
	}

	/** How long to wait; 0 when it has been written. */
	private long tryToWrite(List<RateLimit> limits, Action writeMail) throws IOException {
		this.lock.lock();
		try {
			long wait = 0;
			long now = System.nanoTime();
			for (RateLimit limit : limits) {
				wait = Math.max(wait, limit.nanosUntilMail(now));
			}
			return (wait == 0) ? write(limits, writeMail) : wait;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The stamp is taken after the write: a slow one moves it to the safe side. */
	private static long write(List<RateLimit> limits, Action writeMail) throws IOException {
		try {
			writeMail.run();
		}
		finally {
			long now = limits.isEmpty() ? 0 : System.nanoTime();
			for (RateLimit limit : limits) {
				limit.stamp(now);
			}
		}
		return 0;
	}

	/** Writes one MAIL command. */
	@FunctionalInterface
	public interface Action {

		void run() throws IOException;

	}

}
