package dev.herald.notice;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import dev.herald.schema.DatabaseThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedRuntimeException;
import org.springframework.stereotype.Component;

/**
 * A server's thread that sends notices. It looks each second, which is one read of an
 * index; a task of the scheduler would be written to the database each time.
 */
@Component
@ConditionalOnWebApplication
class NoticeThread implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(NoticeThread.class);

	private static final Duration EVERY = Duration.ofSeconds(1);

	private final ScheduledExecutorService thread = DatabaseThread.named("notices");

	private final Notices notices;

	private volatile boolean running;

	NoticeThread(Notices notices) {
		this.notices = notices;
	}

	@Override
	public void start() {
		this.running = true;
		DatabaseThread.repeat(this.thread, this::turn, EVERY);
	}

	private void turn() {
		try {
			while (this.running && this.notices.sendDue() > 0) {
				// Those that came meanwhile leave too.
			}
		}
		catch (NestedRuntimeException ex) {
			// The database is away: what is due is still there in a second.
			logger.debug("Notices are not sent this time", ex);
		}
		catch (RuntimeException ex) {
			logger.error("Notices can't be sent", ex);
		}
	}

	@Override
	public void stop() {
		this.running = false;
		DatabaseThread.end(this.thread);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
