package dev.herald.problem;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Something a person can mend: a file that does not parse, a name that does not exist, a
 * server that is down. The message is for that person and says what, where and what to
 * do; it is shown without a stack trace, in English on the command line and in the
 * reader's language on pages. One that only the command line can meet may be said in
 * English right away. Faults of Herald itself are other exceptions.
 */
public class Problem extends RuntimeException {

	private final Kind kind;

	/** Null where it was said right away. */
	private final @Nullable Sentence sentence;

	public Problem(Kind kind, String message) {
		super(message);
		this.kind = kind;
		this.sentence = null;
	}

	public Problem(Kind kind, String message, Throwable cause) {
		super(message, cause);
		this.kind = kind;
		this.sentence = null;
	}

	public Problem(Kind kind, Sentence sentence) {
		this.kind = kind;
		this.sentence = sentence;
	}

	public Problem(Kind kind, Sentence sentence, Throwable cause) {
		super(cause);
		this.kind = kind;
		this.sentence = sentence;
	}

	/** The request itself was wrong: nothing was tried. */
	public static Problem usage(String message) {
		return new Problem(Kind.USAGE, message);
	}

	/** The request was understood, and the work could not be done. */
	public static Problem work(String message) {
		return new Problem(Kind.WORK, message);
	}

	public static Problem usage(Sentence sentence) {
		return new Problem(Kind.USAGE, sentence);
	}

	public static Problem work(Sentence sentence) {
		return new Problem(Kind.WORK, sentence);
	}

	/**
	 * In English. Many a problem is caught and never said: its words are found here only.
	 */
	@Override
	public @Nullable String getMessage() {
		return (this.sentence != null) ? this.sentence.toString() : super.getMessage();
	}

	/** What is kept of it to be said later; empty where it was said right away. */
	public Optional<Sentence> asSentence() {
		return Optional.ofNullable(this.sentence);
	}

	/** The message as a reader of this language is told it. */
	public String in(Locale locale) {
		return (this.sentence != null) ? this.sentence.in(locale) : String.valueOf(getMessage());
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
