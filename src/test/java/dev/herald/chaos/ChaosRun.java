package dev.herald.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.herald.delivery.Sends;
import dev.herald.issue.Issue;
import dev.herald.testing.TestHerald;
import org.jspecify.annotations.Nullable;

/**
 * One send that is killed again and again until it is finished, and what the relay and
 * the ledger say of it then. What happens is drawn from a seed; when exactly it hits is
 * the machine's doing.
 */
final class ChaosRun {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/**
	 * After one kill in so many comes another by the clock, which may hit a start or a
	 * freeze.
	 */
	private static final int BY_THE_CLOCK = 5;

	private final Plan plan;

	private final Path folder;

	private final String url;

	private final @Nullable OwnMariaDb database;

	private final Random random;

	private final Path log;

	private int killed;

	private int restarted;

	private int gaveUp;

	/**
	 * @param database to be killed too; null where the plan has no restarts of it
	 */
	ChaosRun(Plan plan, Path folder, String url, @Nullable OwnMariaDb database) {
		this.plan = plan;
		this.folder = folder;
		this.url = url;
		this.database = database;
		this.random = new Random(plan.seed());
		this.log = folder.resolve("processes.log");
	}

	Outcome run() throws IOException, InterruptedException {
		Mischief mischief = this.plan.mischief() ? Mischief.ofAllKinds(this.plan.seed()) : Mischief.none();
		try (ChaosSmtpServer relay = ChaosSmtpServer.start(mischief, this.plan.mostConnections(),
				this.plan.paceMillis())) {
			String[] settings = settings(this.folder, relay.port(), this.plan.connections());
			Asked asked = ask(this.url, this.plan.recipients(), settings);
			hurt(relay, () -> start(asked.sendId(), settings));
			try (TestHerald herald = TestHerald.on(this.url, settings)) {
				return new Outcome(Audit.of(herald, asked.issueId(), relay.taken()), this.killed, this.restarted,
						this.gaveUp, relay.drops());
			}
		}
	}

	/** The settings of a process that is in a hurry. */
	static String[] settings(Path folder, int relayPort, int connections) throws IOException {
		Path batch = Files.createDirectories(folder.resolve("home/batch"));
		Files.writeString(batch.resolve("send-issue.yaml"), """
				connections: %d
				retry:
				  first: 1s
				  longest: 1s
				relay-retry-longest: 1s
				""".formatted(connections));
		return new String[] { "spring.mail.host=127.0.0.1", "spring.mail.port=" + relayPort,
				"herald.allow-local-base-url=true", "herald.home=" + folder.resolve("home"),
				"herald.data-dir=" + folder.resolve("herald-data"), "herald.delivery.lease=2s" };
	}

	static Asked ask(String url, int recipients, String[] settings) {
		try (TestHerald herald = TestHerald.on(url, settings)) {
			Issue issue = herald.issue(herald.newsletter("chaos", recipients), "one");
			return new Asked(issue.id(),
					herald.get(Sends.class).schedule(issue, Instant.now(), ZoneOffset.UTC, "chaos").id());
		}
	}

	private Process start(int sendId, String[] settings) {
		try {
			return SendingProcess.start(this.url, sendId, settings, this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void hurt(ChaosSmtpServer relay, Starter starter) throws IOException, InterruptedException {
		Process process = starter.start();
		try {
			List<Integer> goals = goals();
			for (Blow blow : blows()) {
				process = await(process, starter, relay, goals.remove(0));
				if (!process.isAlive()) {
					break;
				}
				process = strike(blow, process, starter);
			}
			process = await(process, starter, relay, Integer.MAX_VALUE);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	/** Messages taken, at which something happens. */
	private List<Integer> goals() {
		List<Integer> goals = new ArrayList<>();
		for (int i = 0; i < this.plan.kills() + this.plan.databaseRestarts(); i++) {
			goals.add(this.random.nextInt(this.plan.recipients() * 4 / 5));
		}
		Collections.sort(goals);
		return goals;
	}

	private List<Blow> blows() {
		List<Blow> blows = new ArrayList<>(Collections.nCopies(this.plan.kills(), Blow.KILL_PROCESS));
		blows.addAll(Collections.nCopies(this.plan.databaseRestarts(), Blow.KILL_DATABASE));
		Collections.shuffle(blows, this.random);
		return blows;
	}

	/**
	 * Waits until so many were taken, or until the send is finished. A process that gives
	 * up is started anew, as a service manager does, and is counted.
	 */
	private Process await(Process given, Starter starter, ChaosSmtpServer relay, int goal)
			throws IOException, InterruptedException {
		Process process = given;
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (relay.taken().size() < goal) {
			if (process.waitFor(2, TimeUnit.MILLISECONDS)) {
				if (process.exitValue() == 0) {
					return process;
				}
				this.gaveUp++;
				process = starter.start();
			}
			if (System.nanoTime() - end > 0) {
				throw new AssertionError(
						"Nothing came on for " + PATIENCE + "; the processes said:\n" + Files.readString(this.log));
			}
		}
		return process;
	}

	private Process strike(Blow blow, Process process, Starter starter) throws IOException, InterruptedException {
		LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(this.random.nextInt(20_000)));
		if (blow == Blow.KILL_DATABASE && this.database != null) {
			this.database.kill();
			TimeUnit.MILLISECONDS.sleep(this.random.nextInt(2_000));
			this.database.startAgain();
			this.restarted++;
			return process;
		}
		process.destroyForcibly().waitFor();
		this.killed++;
		Process next = starter.start();
		if (this.random.nextInt(BY_THE_CLOCK) == 0) {
			TimeUnit.MILLISECONDS.sleep(this.random.nextInt(6_000));
			next.destroyForcibly().waitFor();
			this.killed++;
			return starter.start();
		}
		return next;
	}

	private enum Blow {

		KILL_PROCESS, KILL_DATABASE

	}

	private interface Starter {

		Process start();

	}

	record Asked(int issueId, int sendId) {
	}

	/**
	 * @param mostConnections that the relay bears
	 * @param paceMillis how long the relay takes for each message
	 */
	record Plan(long seed, int recipients, int connections, int mostConnections, int paceMillis, boolean mischief,
			int kills, int databaseRestarts) {
	}

	/**
	 * @param gaveUp how often a process ended by itself before the send was finished
	 * @param drops connections that the relay closed after a message without a reply
	 */
	record Outcome(Audit audit, int killed, int restarted, int gaveUp, int drops) {

		/** What may be uncertain: the transactions that were open at each blow. */
		int mostUncertain(int connections) {
			return (this.killed + this.restarted) * connections + this.drops;
		}

	}

}
