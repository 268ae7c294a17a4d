package dev.herald.smtp;

import java.io.IOException;

/**
 * Asked at the last moment before MAIL is written, on the connection's own thread: a
 * pacing gate counts here what really leaves, and can still say no.
 */
@FunctionalInterface
public interface MailPermit {

	/** No limits. */
	MailPermit ALWAYS = (mail) -> {
		mail.write();
		return true;
	};

	/**
	 * Runs the action once, and says yes; or does not run it, and says no.
	 * @return whether MAIL was written
	 * @throws IOException of the action, let through
	 */
	boolean pass(MailWrite mail) throws IOException;

	/**
	 * Writes MAIL, and with PIPELINING what follows it. Returns when the kernel has it.
	 */
	@FunctionalInterface
	interface MailWrite {

		void write() throws IOException;

	}

}
