package dev.herald.bounce;

import java.sql.SQLException;
import java.util.Arrays;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;

/** What an exception says of the mail that was being read or recorded. */
final class MailFault {

	private MailFault() {
	}

	/**
	 * Whether another mail would have fared better. What the database can't do now, it
	 * can do for none; but a value that it refuses is the mail's.
	 */
	static boolean isOfMail(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof DataIntegrityViolationException) {
				return true;
			}
			if (cause instanceof DataAccessException || cause instanceof TransactionException
					|| cause instanceof SQLException) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The exception and the line of Herald that it came through. No message: those of
	 * databases quote addresses.
	 */
	static String describe(Throwable ex) {
		return Arrays.stream(ex.getStackTrace())
			.filter((frame) -> frame.getClassName().startsWith("dev.herald.") && frame.getLineNumber() > 0)
			.findFirst()
			.map((frame) -> "%s at %s:%d".formatted(ex.getClass().getSimpleName(), frame.getFileName(),
					frame.getLineNumber()))
			.orElseGet(ex.getClass()::getSimpleName);
	}

}
