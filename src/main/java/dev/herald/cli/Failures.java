package dev.herald.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.herald.problem.Problem;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import org.springframework.boot.context.properties.bind.BindException;

/**
 * Turns what went wrong into a line for a person and an exit code. A stack trace is for
 * Herald's own faults, and goes to a file.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

	static final int WORK_FAILED = 1;

	static final int WRONG_USAGE = 2;

	private final Console console;

	private final BooleanSupplier stacktrace;

	/**
	 * @param stacktrace whether it was asked for; known after parsing
	 */
	Failures(Console console, BooleanSupplier stacktrace) {
		this.console = console;
		this.stacktrace = stacktrace;
	}

	@Override
	public int handleParseException(ParameterException ex, String[] args) {
		CommandLine command = ex.getCommandLine();
		this.console.say(String.valueOf(ex.getMessage()));
		UnmatchedArgumentException.printSuggestions(ex, this.console.err());
		this.console.say("See: " + command.getCommandSpec().qualifiedName() + " --help");
		return WRONG_USAGE;
	}

	@Override
	public int handleExecutionException(Exception ex, CommandLine command, ParseResult result) {
		boolean traced = this.stacktrace.getAsBoolean();
		if (traced) {
			this.console.say(trace(ex));
		}
		Optional<Problem> problem = cause(ex, Problem.class);
		if (problem.isPresent()) {
			this.console.say(String.valueOf(problem.get().getMessage()));
			return exitCode(problem.get());
		}
		Optional<BindException> bind = cause(ex, BindException.class);
		if (bind.isPresent()) {
			this.console.say("%s is set wrongly: %s".formatted(bind.get().getName(), root(bind.get())));
			return WRONG_USAGE;
		}
		if (isShuttingDown()) {
			this.console.say("Stopped. The same command goes on where this one was.");
			return WORK_FAILED;
		}
		this.console.say("Herald has a fault: %s (%s)".formatted(root(ex),
				traced ? "above is where" : "details in " + keep(ex)));
		return WORK_FAILED;
	}

	/**
	 * What fails while the JVM ends fails because it ends; it takes no more hooks then.
	 */
	private static boolean isShuttingDown() {
		Thread probe = new Thread();
		try {
			Runtime.getRuntime().addShutdownHook(probe);
			Runtime.getRuntime().removeShutdownHook(probe);
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	static int exitCode(Problem problem) {
		return switch (problem.kind()) {
			case USAGE -> WRONG_USAGE;
			case WORK -> WORK_FAILED;
		};
	}

	private static <T extends Throwable> Optional<T> cause(Throwable ex, Class<T> type) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return Optional.of(type.cast(cause));
			}
		}
		return Optional.empty();
	}

	private static String root(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String message = (root.getMessage() != null) ? root.getMessage() : "";
		return root.getClass().getSimpleName()
				+ (message.isEmpty() ? "" : ": " + message.lines().findFirst().orElse(""));
	}

	private static String trace(Throwable ex) {
		StringWriter trace = new StringWriter();
		ex.printStackTrace(new PrintWriter(trace));
		return trace.toString();
	}

	private static String keep(Throwable ex) {
		try {
			Path file = Files.createTempFile("herald-fault-", ".log");
			Files.writeString(file, trace(ex));
			return file.toString();
		}
		catch (IOException unwritable) {
			return "no log, since none can be written; run it again with --stacktrace";
		}
	}

}
