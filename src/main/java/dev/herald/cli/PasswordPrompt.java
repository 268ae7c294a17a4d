package dev.herald.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import dev.herald.problem.Problem;

/**
 * Reads a new password: twice and unseen from a terminal, or the first line of standard
 * input. Never from the arguments, which every user of the machine can list.
 */
final class PasswordPrompt {

	private PasswordPrompt() {
	}

	/**
	 * @throws Problem when there is none, or the two differ
	 */
	static String read(Console console) {
		return console.terminal() ? fromTerminal() : fromInput();
	}

	@SuppressWarnings("SystemConsoleNull") // asked only where a person sees it; null is
											// for
											// the compiler
	private static String fromTerminal() {
		java.io.Console terminal = System.console();
		char[] first = (terminal != null) ? terminal.readPassword("New password: ") : null;
		char[] again = (terminal != null) ? terminal.readPassword("Once more: ") : null;
		if (first == null || again == null) {
			throw none();
		}
		String password = new String(first);
		if (!password.equals(new String(again))) {
			throw Problem.usage("Nothing was changed: the two passwords differ.");
		}
		return password;
	}

	private static String fromInput() {
		try {
			// Not closed: it is the process's.
			String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
			if (line == null || line.isEmpty()) {
				throw none();
			}
			return line;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Problem none() {
		return Problem
			.usage("Nothing was changed: there is no password. Type it when asked, or pipe it in as the first line.");
	}

}
