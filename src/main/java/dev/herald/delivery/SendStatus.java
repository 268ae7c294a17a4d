package dev.herald.delivery;

import dev.herald.problem.Sentence;

/** Where a send stands; stored by name. */
public enum SendStatus {

	/** Waits for its time. */
	SCHEDULED("delivery.status.scheduled"),
	/** Being delivered, or between two rounds of deferred deliveries. */
	RUNNING("delivery.status.running"),
	/** The relay can't be reached; goes on by itself. The reason says why. */
	WAITING("delivery.status.waiting"),
	/** Waits for a person's decision. The reason says why. */
	HELD("delivery.status.held"),
	/** Every delivery is settled. */
	DONE("delivery.status.done"), CANCELLED("delivery.status.cancelled");

	private final Sentence words;

	SendStatus(String key) {
		this.words = Sentence.of(key);
	}

	public Sentence inWords() {
		return this.words;
	}

	public boolean isUnfinished() {
		return switch (this) {
			case SCHEDULED, RUNNING, WAITING, HELD -> true;
			case DONE, CANCELLED -> false;
		};
	}

}
