package dev.herald.delivery;

/** Where a send stands; stored by name. */
public enum SendStatus {

	/** Waits for its time. */
	SCHEDULED,
	/** Being delivered, or between two rounds of deferred deliveries. */
	RUNNING,
	/**
	 * The relay can't be reached or refuses us; goes on by itself. The reason says why.
	 */
	WAITING,
	/** Waits for a person's decision. The reason says why. */
	HELD,
	/** Every delivery is settled. */
	DONE, CANCELLED

}
