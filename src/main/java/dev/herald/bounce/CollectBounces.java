package dev.herald.bounce;

/** Runs the job collect-bounces once, in the calling thread. */
public class CollectBounces {

	/**
	 * @throws dev.herald.problem.Problem when no mailbox is set or it can't be read
	 */
	public Collected run() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param bounces recorded as new
	 * @param suppressed addresses suppressed by them
	 * @param left mails that were not understood and stay in the mailbox
	 */
	public record Collected(int read, int bounces, int suppressed, int left) {
	}

}
