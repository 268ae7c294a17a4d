package dev.herald.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Requests for the links and the pixel of tracked mails, kept in memory for some seconds:
 * whether all links of a mail are followed at once shows only when they have been. Then
 * they are recorded together. What a process holds that is killed is lost; one that stops
 * records it. Thread-safe.
 */
@Component
class MailVisits implements DisposableBean {

	/** Mails whose requests are waited for; of others each stands for itself. */
	private static final int MOST_MAILS = 20_000;

	/** Of one mail within the window; what comes on top is no reader. */
	private static final int MOST_REQUESTS = 64;

	private static final Logger logger = LoggerFactory.getLogger(MailVisits.class);

	private final VisitRecording recording;

	private final Map<Key, List<Visit>> waiting = new ConcurrentHashMap<>();

	private final ExecutorService recorder = Executors.newSingleThreadExecutor((work) -> {
		Thread thread = new Thread(work, "mail-visits");
		thread.setDaemon(true);
		return thread;
	});

	private final Executor later;

	MailVisits(VisitRecording recording, TrackingSettings settings) {
		this.recording = recording;
		this.later = CompletableFuture.delayedExecutor(settings.window().toMillis(), TimeUnit.MILLISECONDS,
				this.recorder);
	}

	/**
	 * @param mail whose subscriber is 0 where it is the same for all
	 * @param target where the link leads; empty for the pixel and the trap
	 */
	void add(DeliveryKey mail, MailRequest request, String target) {
		Visit visit = new Visit(request, target);
		if (this.waiting.size() >= MOST_MAILS) {
			record(mail, List.of(visit));
			return;
		}
		// Of a mail that is the same for all, what one program does shows together.
		Key key = new Key(mail, (mail.subscriberId() == 0) ? request.client() + " " + request.agent() : "");
		this.waiting.compute(key, (any, before) -> {
			List<Visit> visits = (before != null) ? before : begun(key);
			if (visits.size() < MOST_REQUESTS) {
				visits.add(visit);
			}
			return visits;
		});
	}

	private List<Visit> begun(Key key) {
		this.later.execute(() -> settle(key));
		return new ArrayList<>();
	}

	private void settle(Key key) {
		List<Visit> visits = this.waiting.remove(key);
		if (visits != null) {
			record(key.mail(), visits);
		}
	}

	private void record(DeliveryKey mail, List<Visit> visits) {
		try {
			this.recording.record(mail, visits);
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("{} opens and clicks of issue {} are lost, since the database can't be used: {}", visits.size(),
					mail.issueId(), ex.toString());
		}
	}

	/** Records what waits, at once. */
	void settleAll() {
		List.copyOf(this.waiting.keySet()).forEach(this::settle);
	}

	@Override
	public void destroy() {
		this.recorder.shutdown();
		settleAll();
	}

	/**
	 * @param program in words of its own; empty where the mail says who
	 */
	private record Key(DeliveryKey mail, String program) {
	}

	/**
	 * @param target where the link leads; empty for the pixel and the trap
	 */
	record Visit(MailRequest request, String target) {
	}

}
