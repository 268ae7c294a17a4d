package dev.herald.problem;

/**
 * Something a person can mend: a file that does not parse, a name that does not exist, a
 * server that is down. The message is for that person and says what, where and what to
 * do; it is shown as it is, without a stack trace, on the command line and on pages.
 * Faults of Herald itself are other exceptions.
 */
public class Problem extends RuntimeException {

	private final Kind kind;

	public Problem(Kind kind, String message) {
		super(message);
		this.kind = kind;
	}

	public Problem(Kind kind, String message, Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	/** The request itself was wrong: nothing was tried. */
	public static Problem usage(String message) {
		return new Problem(Kind.USAGE, message);
	}

	/** The request was understood, and the work could not be done. */
	public static Problem work(String message) {
		return new Problem(Kind.WORK, message);
	}

	public Kind kind() {
		return this.kind;
	}

	/** What the command line turns into its exit code. */
	public enum Kind {

		/** Exit code 2: a wrong name, option or value. */
		USAGE,
		/** Exit code 1: the work failed. */
		WORK

	}

}
