package dev.herald.listener;

import java.io.IOException;

import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.internal.server.HelpMessage;
import org.subethamail.smtp.server.Session;

/** A command of four letters, as the library takes it. */
record Verb(String name, Action action) implements Command {

	@Override
	public void execute(String line, Session session) throws IOException, DropConnectionException {
		try {
			session.sendResponse(this.action.answer(line.substring(this.name.length()).strip(), session));
		}
		catch (DropConnectionException ex) {
			throw ex;
		}
		catch (RejectException ex) {
			session.sendResponse(ex.getErrorResponse());
		}
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public HelpMessage getHelp() {
		return new HelpMessage(this.name, "");
	}

	/** What a command does. */
	@FunctionalInterface
	interface Action {

		/**
		 * @param argument what followed the verb
		 * @return the reply to send
		 */
		String answer(String argument, Session session) throws IOException, RejectException;

	}

}
