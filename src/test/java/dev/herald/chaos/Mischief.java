package dev.herald.chaos;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a relay does to whom. The same seed does the same to the same recipients, whatever
 * the order they come in. Thread-safe.
 */
final class Mischief {

	/** What becomes of one attempt to deliver. */
	enum Deed {

		/** As a relay should. */
		TAKE,
		/** 550 at RCPT, each time. */
		REJECT,
		/** 450 at RCPT, the first time. */
		GREYLIST,
		/** 451 after the message, the first time. */
		DEFER,
		/** Taken, after a while. */
		SLOW,
		/** 421 at MAIL, the first time, and the connection is closed. */
		SHUT_DOWN,
		/** The connection is closed after the message, which is not taken. */
		DROP_BEFORE,
		/** The message is taken, and the connection closed instead of the reply. */
		DROP_AFTER

	}

	private final long seed;

	private final Map<Deed, Integer> perMille;

	private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

	private Mischief(long seed, Map<Deed, Integer> perMille) {
		this.seed = seed;
		this.perMille = perMille;
	}

	static Mischief none() {
		return new Mischief(0, Map.of());
	}

	/** Every kind of it, but not so much that a sender should give up. */
	static Mischief ofAllKinds(long seed) {
		return new Mischief(seed, Map.of(Deed.REJECT, 20, Deed.GREYLIST, 60, Deed.DEFER, 20, Deed.SLOW, 20,
				Deed.SHUT_DOWN, 5, Deed.DROP_BEFORE, 4, Deed.DROP_AFTER, 4));
	}

	/**
	 * @param perMille of the recipients; the others are taken
	 */
	static Mischief of(long seed, Map<Deed, Integer> perMille) {
		return new Mischief(seed, perMille);
	}

	/** Called once an attempt, at MAIL and RCPT together. */
	Deed deedFor(String recipient) {
		int attempt = this.attempts.computeIfAbsent(recipient, (key) -> new AtomicInteger()).incrementAndGet();
		Deed fate = fate(recipient);
		return switch (fate) {
			case REJECT, TAKE -> fate;
			case GREYLIST, DEFER, SLOW, SHUT_DOWN, DROP_BEFORE, DROP_AFTER -> (attempt == 1) ? fate : Deed.TAKE;
		};
	}

	private Deed fate(String recipient) {
		int draw = new SplittableRandom(this.seed * 31 + recipient.hashCode()).nextInt(1_000);
		for (Deed deed : Deed.values()) {
			draw -= this.perMille.getOrDefault(deed, 0);
			if (draw < 0) {
				return deed;
			}
		}
		return Deed.TAKE;
	}

}
