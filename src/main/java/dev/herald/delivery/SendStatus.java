package dev.herald.delivery;

import dev.herald.problem.Sentence;

/** Where a send stands; stored by name. */
public enum SendStatus {

	/** Waits for its time. */
	SCHEDULED("scheduled"),
	/** Being delivered, or between two rounds of deferred deliveries. */
	RUNNING("running"),
	/** The relay can't be reached; goes on by itself. The reason says why. */
	WAITING("waiting"),
	/** Waits for a person's decision. The reason says why. */
	HELD("held"),
	/** Every delivery is settled. */
	DONE("done"), CANCELLED("cancelled");

	private final String key;

	SendStatus(String key) {
		this.key = key;
	}

	public Sentence inWords() {
		return Sentence.of("delivery.status." + this.key);
	}

	public boolean isUnfinished() {
		return switch (this) {
			case SCHEDULED, RUNNING, WAITING, HELD -> true;
			case DONE, CANCELLED -> false;
		};
	}

}
