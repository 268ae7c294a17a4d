package dev.herald.cli;

import java.io.PrintStream;
import java.util.List;

import dev.herald.problem.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: parses, runs one command, and tells the exit code. */
public final class Cli {

	private Cli() {
	}

	/**
	 * Runs one command in this process. Standard output is for its result alone: logs,
	 * and whatever a library prints, go to standard error.
	 * @return 0 done, 1 the work failed, 2 wrong usage
	 */
	public static int run(Arguments arguments) {
		// It warms up parts that a server will want, on threads that a command has not.
		System.setProperty("spring.backgroundpreinitializer.ignore", "true");
		PrintStream out = System.out;
		System.setOut(System.err);
		return run(arguments, new Console(out, System.err, isTerminal()));
	}

	@SuppressWarnings("SystemConsoleNull") // up to 21 null means no terminal; from 22 on
											// isTerminal tells
	private static boolean isTerminal() {
		java.io.Console terminal = System.console();
		if (terminal == null) {
			return false;
		}
		try {
			return Boolean.TRUE.equals(java.io.Console.class.getMethod("isTerminal").invoke(terminal));
		}
		catch (ReflectiveOperationException ex) {
			return true;
		}
	}

	static int run(Arguments arguments, Console console) {
		try (Beans beans = new Beans(arguments.propertyArray())) {
			return commands(console, beans).execute(arguments.words().toArray(String[]::new));
		}
		finally {
			console.out().flush();
			console.err().flush();
		}
	}

	static CommandLine commands(Console console, Beans beans) {
		Herald options = new Herald();
		Failures failures = new Failures(console, () -> options.stacktrace);
		CommandLine herald = new CommandLine(options).addSubcommand(new ServeCommand())
			.addSubcommand(group(new NewsletterCommands(), new NewsletterCreate(console, beans),
					new NewsletterSet(console, beans), new NewsletterSignUp(console, beans)))
			.addSubcommand(group(new SubscriberCommands(), new SubscriberImportCommand(console, beans),
					new SubscriberExportCommand(console, beans), new SubscriberHistoryCommand(console, beans),
					new SubscriberLift(console, beans), new SubscriberData(console, beans),
					new SubscriberErase(console, beans)))
			.addSubcommand(group(new SegmentGroup(), SegmentCommands.all(console, beans)))
			.addSubcommand(group(new IssueCommands(), new IssueImport(console, beans), new IssueRender(console, beans),
					new IssueCheckCommand(console, beans), new IssueTest(console, beans), new IssueSend(console, beans),
					new IssuePause(console, beans), new IssueResume(console, beans), new IssueCancel(console, beans),
					new IssueResend(console, beans), new IssueResolve(console, beans), new IssueStatus(console, beans),
					new IssueRecipients(console, beans)))
			.addSubcommand(group(new BounceCommands(), new BounceParse(console), new BounceCollect(console, beans),
					new BounceWavesCommand(console, beans), new BounceReviewCommand(console, beans)))
			.addSubcommand(group(new DkimCommands(), new DkimCreate(console), new DkimRecords(console, beans)))
			.addSubcommand(group(new AccountGroup(), AccountCommands.all(console, beans)))
			.addSubcommand(new AuditCommand(console, beans))
			.addSubcommand(new HealthCommand(console, beans))
			.addSubcommand(group(new LimitCommands(console, beans), new LimitCommands.Set(console, beans),
					new LimitCommands.Reset(console, beans)))
			.addSubcommand(new BackupCommand(console, beans))
			.addSubcommand(new RestoreCommand(console, beans))
			.addSubcommand(new ReportCommand(console, beans))
			.addSubcommand(group(new JobCommands(), new JobList(console, beans), new JobRestart(console, beans)));
		withHelp(herald);
		return herald.setOut(console.out())
			.setErr(console.err())
			.setCaseInsensitiveEnumValuesAllowed(true)
			.setExecutionExceptionHandler(failures)
			.setParameterExceptionHandler(failures)
			.setUsageHelpWidth(100);
	}

	private static void withHelp(CommandLine command) {
		command.getCommandSpec().mixinStandardHelpOptions(true);
		command.getSubcommands().values().forEach(Cli::withHelp);
	}

	private static CommandLine group(Object group, Object... members) {
		CommandLine commandLine = new CommandLine(group);
		List.of(members).forEach(commandLine::addSubcommand);
		return commandLine;
	}

	@Command(name = "herald", version = "Herald",
			description = "Delivers email newsletters. Without a command it serves the web app.",
			footer = { "", "Settings are given as Spring properties, anywhere: --herald.data-dir=/var/lib/herald",
					"Exit codes: 0 done, 1 the work failed, 2 wrong usage." })
	private static final class Herald {

		@Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show where a failure comes from.")
		private boolean stacktrace;

	}

	@Command(name = "serve", description = "Web app, scheduler and workers; the default.",
			footer = { "", "Example:", "  java -jar herald.jar serve --server.port=8080" })
	private static final class ServeCommand implements Runnable {

		@Override
		public void run() {
			throw Problem
				.usage("serve takes settings of the form --name.with.dots=value only, such as --server.port=8080.");
		}

	}

	@Command(name = "newsletter", description = "Newsletters.")
	private static final class NewsletterCommands {

	}

	@Command(name = "subscriber", description = "Who gets a newsletter.")
	private static final class SubscriberCommands {

	}

	@Command(name = "segment", description = "Parts of a newsletter's subscriptions, by conditions.")
	private static final class SegmentGroup {

	}

	@Command(name = "issue", description = "Issues: import, look at, check, test, send, watch, decide.")
	private static final class IssueCommands {

	}

	@Command(name = "bounce", description = "Mails that came back.")
	private static final class BounceCommands {

	}

	@Command(name = "dkim", description = "Keys that sign mails.")
	private static final class DkimCommands {

	}

	@Command(name = "account", description = "Who signs in: accounts, passwords, roles, the second factor.")
	private static final class AccountGroup {

	}

	@Command(name = "job", description = "Executions of the batch jobs.")
	private static final class JobCommands {

	}

}
