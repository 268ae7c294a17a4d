package dev.herald.cli;

import dev.herald.problem.Problem;

/**
 * What a person says to what a command showed.
 *
 * @param yes given beforehand, by an option
 */
record Confirmation(Console console, boolean yes) {

	/**
	 * @throws Problem where nobody can be asked
	 */
	boolean given(String question) {
		if (this.yes) {
			return true;
		}
		if (!this.console.terminal()) {
			throw Problem.usage(
					"Nothing was changed: there is nobody to ask. If the list above is right, say it again with --yes.");
		}
		boolean given = this.console.confirm(question);
		if (!given) {
			this.console.say("Nothing was changed.");
		}
		return given;
	}

}
