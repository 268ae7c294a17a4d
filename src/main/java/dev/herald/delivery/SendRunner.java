package dev.herald.delivery;

/** Works on sends in this process: freezes, delivers, settles. */
public class SendRunner {

	/**
	 * Delivers a send until it is settled, or until another process owns it. Blocks.
	 * Continues a send that a dead process left, naming what is uncertain.
	 */
	public RunResult run(int sendId) {
		throw new UnsupportedOperationException();
	}

	public sealed interface RunResult {

		record Finished(Send send) implements RunResult {
		}

		/** Another living process works on it. */
		record OwnedElsewhere(String owner) implements RunResult {
		}

		/** It waits for a person, or was stopped. */
		record Stopped(Send send) implements RunResult {
		}

	}

}
