package dev.herald.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where a command prints: its result to one stream, everything else to the other, both in
 * UTF-8. Thread-safe.
 */
final class Console {

	/** A title or a report from outside must not move the cursor or colour the screen. */
	private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

	private final PrintWriter out;

	private final PrintWriter err;

	private final boolean terminal;

	Console(PrintStream out, PrintStream err, boolean terminal) {
		this.out = new PrintWriter(out, true, StandardCharsets.UTF_8);
		this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
		this.terminal = terminal;
	}

	/** A line of the result. */
	void print(String line) {
		this.out.println(clean(line));
	}

	/** A line for the person who waits. */
	void say(String line) {
		this.err.println(clean(line));
	}

	private static String clean(String line) {
		return CONTROL.matcher(line.stripTrailing()).replaceAll("?");
	}

	PrintWriter out() {
		return this.out;
	}

	PrintWriter err() {
		return this.err;
	}

	/** Whether a person sees the other stream. */
	boolean terminal() {
		return this.terminal;
	}

}
