package dev.herald.bounce;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import dev.herald.schema.DatabaseThread;
import dev.herald.settings.NeedsBatch;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A running server's watches, one thread for each mailbox that has idle. Starts after the
 * scheduler and stops before it.
 */
@NeedsBatch
@ConditionalOnWebApplication
@Component
class MailboxWatches implements SmartLifecycle {

	/**
	 * RFC 2177 has 29 minutes, after which servers end the connection; routers forget one
	 * that is silent earlier.
	 */
	private static final Duration RENEWAL = Duration.ofMinutes(9);

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

	/** For a server that does not answer; the threads are daemons. */
	private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

	private final Mailboxes mailboxes;

	private final SchedulerClient scheduler;

	private final Clock clock;

	private final Duration renewal;

	private final Duration firstPause;

	private final List<MailboxWatch> watches = new ArrayList<>();

	private @Nullable ScheduledExecutorService executor;

	@Autowired
	MailboxWatches(Mailboxes mailboxes, SchedulerClient scheduler, Clock clock) {
		this(mailboxes, scheduler, clock, RENEWAL, FIRST_PAUSE);
	}

	MailboxWatches(Mailboxes mailboxes, SchedulerClient scheduler, Clock clock, Duration renewal, Duration firstPause) {
		this.mailboxes = mailboxes;
		this.scheduler = scheduler;
		this.clock = clock;
		this.renewal = renewal;
		this.firstPause = firstPause;
	}

	@Override
	public synchronized void start() {
		ScheduledExecutorService opened = DatabaseThread.named("bounces-idle");
		CollectSoon soon = new CollectSoon(this.scheduler, opened, this.clock);
		for (MailboxSettings mailbox : this.mailboxes.all()) {
			if (mailbox.idle()) {
				MailboxWatch watch = new MailboxWatch(mailbox, soon::ask, this.firstPause);
				this.watches.add(watch);
				daemon(watch, "idle-" + mailbox.name()).start();
				DatabaseThread.repeat(opened, watch::renew, this.renewal);
			}
		}
		this.executor = opened;
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, "bounces-" + name);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public synchronized void stop() {
		List<Thread> closing = this.watches.stream().map((watch) -> daemon(watch::stop, "idle-stop")).toList();
		this.watches.clear();
		closing.forEach(Thread::start);
		awaitAll(closing);
		if (this.executor != null) {
			DatabaseThread.end(this.executor);
			this.executor = null;
		}
	}

	private static void awaitAll(List<Thread> closing) {
		long end = System.nanoTime() + STOP_PATIENCE.toNanos();
		try {
			for (Thread thread : closing) {
				thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

}
