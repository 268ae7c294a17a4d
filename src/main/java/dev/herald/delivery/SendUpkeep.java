package dev.herald.delivery;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import dev.herald.schema.DatabaseThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What every server does a few times a minute, whether it sends or not: it notices a
 * restored database, finishes what stopped sends left, and counts those that are over.
 */
@Component
@ConditionalOnWebApplication
class SendUpkeep implements DisposableBean {

	private static final Duration EVERY = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(SendUpkeep.class);

	private final Continuity continuity;

	private final StoppedSends stopped;

	private final SendFigures figures;

	private final ScheduledExecutorService executor = DatabaseThread.named("send-upkeep");

	SendUpkeep(Continuity continuity, StoppedSends stopped, SendFigures figures) {
		this.continuity = continuity;
		this.stopped = stopped;
		this.figures = figures;
	}

	@EventListener(ApplicationReadyEvent.class)
	void start() {
		this.executor.execute(this::once);
		DatabaseThread.repeat(this.executor, this::once, EVERY);
	}

	private void once() {
		try {
			this.continuity.beat();
			this.stopped.settle();
			this.figures.keepAll();
		}
		catch (DataAccessException | TransactionException ex) {
			logger.debug("Not this time", ex);
		}
	}

	@Override
	public void destroy() {
		DatabaseThread.end(this.executor);
	}

}
