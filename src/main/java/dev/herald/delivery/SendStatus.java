package dev.herald.delivery;

/** Where a send stands; stored by name. */
public enum SendStatus {

	/** Waits for its time. */
	SCHEDULED("scheduled"),
	/** Being delivered, or between two rounds of deferred deliveries. */
	RUNNING("running"),
	/** The relay can't be reached; goes on by itself. The reason says why. */
	WAITING("waiting for the relay"),
	/** Waits for a person's decision. The reason says why. */
	HELD("held for a decision"),
	/** Every delivery is settled. */
	DONE("done"), CANCELLED("cancelled");

	private final String words;

	SendStatus(String words) {
		this.words = words;
	}

	public String inWords() {
		return this.words;
	}

	public boolean isUnfinished() {
		return switch (this) {
			case SCHEDULED, RUNNING, WAITING, HELD -> true;
			case DONE, CANCELLED -> false;
		};
	}

}
