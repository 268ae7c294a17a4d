package dev.herald;

import dev.herald.problem.Problem;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells why the server does not start, in one line, where a person can mend it: a
 * database that is down, a setting that is wrong. All else is left to Boot's own report.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailure implements SpringBootExceptionReporter {

	/** Boot makes it with the context, which it does not need. */
	StartFailure(ConfigurableApplicationContext context) {
	}

	@Override
	public boolean reportException(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof Problem problem) {
				return say(String.valueOf(problem.getMessage()));
			}
			if (cause instanceof BindException bind) {
				return say("%s is set wrongly: %s".formatted(bind.getName(), rootMessage(bind)));
			}
		}
		return false;
	}

	private static boolean say(String message) {
		System.err.println("Herald did not start. " + message);
		return true;
	}

	private static String rootMessage(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

}
