package dev.herald.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import dev.herald.delivery.Send;
import dev.herald.delivery.SendRunner;
import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.testing.TestHerald;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The process that is measured. It tells its figures on standard output, in lines that
 * begin with {@link #MARK}. Arguments: send or freeze, the database's URL, the
 * newsletter's key, slugs with commas between them, then Herald's settings.
 */
final class SendingProcess {

	static final String MARK = "@figure ";

	static final String SEND = "send";

	static final String FREEZE = "freeze";

	private SendingProcess() {
	}

	public static void main(String[] args) throws InterruptedException {
		String[] properties = List.of(args).subList(4, args.length).toArray(String[]::new);
		try (TestHerald herald = TestHerald.on(args[1], properties)) {
			for (String slug : args[3].split(",", -1)) {
				Issue issue = herald.get(Issues.class).require(slug, args[2]);
				if (args[0].equals(FREEZE)) {
					freeze(herald, issue, args[1]);
				}
				else {
					send(herald, issue);
				}
			}
		}
	}

	private static void send(TestHerald herald, Issue issue) throws InterruptedException {
		int sendId = schedule(herald, issue);
		ProgressWatch watch = new ProgressWatch(herald, issue.id());
		long start = System.nanoTime();
		Thread observer = daemon(() -> {
			awaitFrozen(herald, sendId);
			watch.run();
		});
		SendRunner.RunResult result = herald.get(SendRunner.class).run(sendId);
		long end = System.nanoTime();
		watch.end();
		observer.join();
		if (!(result instanceof SendRunner.RunResult.Finished)) {
			throw new IllegalStateException("The send did not finish: " + result);
		}
		watch.tell(start, end);
	}

	/**
	 * How long the audience takes to freeze, and then the same rows once more by a bare
	 * INSERT … SELECT. No relay listens, so the send gets no further.
	 */
	private static void freeze(TestHerald herald, Issue issue, String url) {
		int sendId = schedule(herald, issue);
		JdbcClient jdbc = JdbcClient.create(herald.get(DataSource.class));
		BareTable.create(jdbc, url);
		long start = System.nanoTime();
		daemon(() -> herald.get(SendRunner.class).run(sendId));
		awaitFrozen(herald, sendId);
		long frozen = System.nanoTime();
		long bareStart = System.nanoTime();
		int rows = BareTable.fill(jdbc);
		long bareEnd = System.nanoTime();
		figure("freeze", millis(frozen - start), millis(bareEnd - bareStart), rows);
		// Without a shutdown, which would wait for the send.
		Runtime.getRuntime().halt(0);
	}

	private static int schedule(TestHerald herald, Issue issue) {
		return herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "benchmark").id();
	}

	/** The moment at which others see the audience: the freeze is committed then. */
	private static void awaitFrozen(TestHerald herald, int sendId) {
		while (audience(herald, sendId) == null) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

	private static Send.@Nullable Audience audience(TestHerald herald, int sendId) {
		return herald.get(Sends.class).byId(sendId).audience();
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "benchmark");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	static long millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

	static void figure(String name, Object... values) {
		StringBuilder line = new StringBuilder(MARK).append(name);
		for (Object value : values) {
			line.append(' ').append(value);
		}
		System.out.println(line);
	}

}
