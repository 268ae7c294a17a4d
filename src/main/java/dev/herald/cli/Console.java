package dev.herald.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

	/**
	 * Asks the person at the terminal.
	 * @return whether the answer was yes
	 */
	boolean confirm(String question) {
		this.err.print(clean(question) + " [y/N] ");
		this.err.flush();
		try {
			// Not closed: it is the process's.
			String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
			return answer != null && Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Shows lines in the place of those that were shown last, on a terminal. */
	void redraw(int shown, List<String> lines) {
		// ECMA-48: the cursor up so many lines, and all below erased. Private mode 7: a
		// line
		// that is too long is cut, since one that wraps would count as two.
		String up = (shown > 0) ? "\u001b[" + shown + "A\u001b[J" : "";
		String text = lines.stream().map((line) -> clean(line) + "\n").collect(Collectors.joining());
		this.out.print(up + "\u001b[?7l" + text + "\u001b[?7h");
		this.out.flush();
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
