package dev.herald.bounce;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.herald.problem.Problem;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits over IMAP IDLE (RFC 2177) for mails to arrive, on a connection of its own, and
 * reads none. {@link #run()} is for one thread and ends with {@link #stop()}, or at once
 * where the server has no IDLE; all else may come from any thread.
 */
final class MailboxWatch implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(MailboxWatch.class);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

	private final MailboxSettings settings;

	private final Runnable onMail;

	private final Duration firstPause;

	private final CountDownLatch stopped = new CountDownLatch(1);

	private volatile @Nullable MailboxConnection connection;

	/**
	 * @param onMail when a mail has come, or may have while nobody watched
	 * @param firstPause before the first new try after a failure; doubled with each
	 */
	MailboxWatch(MailboxSettings settings, Runnable onMail, Duration firstPause) {
		this.settings = settings;
		this.onMail = onMail;
		this.firstPause = firstPause;
	}

	@Override
	public void run() {
		Duration pause = this.firstPause;
		boolean offered = true;
		while (offered && !isStopped()) {
			long begun = System.nanoTime();
			try {
				offered = watch();
			}
			catch (Problem | MessagingException | IllegalStateException ex) {
				// What held for long is no server that drops each connection.
				if (System.nanoTime() - begun > LONGEST_PAUSE.toNanos()) {
					pause = this.firstPause;
				}
				tell(ex, pause);
				await(pause);
				pause = (pause.compareTo(LONGEST_PAUSE.dividedBy(2)) < 0) ? pause.multipliedBy(2) : LONGEST_PAUSE;
			}
		}
	}

	private void tell(Exception ex, Duration pause) {
		if (!isStopped() && pause.equals(this.firstPause)) {
			logger.info("The bounce mailbox {} is polled until it can be watched again: {}", this.settings.label(),
					ex.toString());
		}
	}

	private void await(Duration pause) {
		try {
			this.stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.stopped.countDown();
		}
	}

	/**
	 * Returns whether the server has IDLE, when the watch has ended without a failure.
	 */
	private boolean watch() throws MessagingException {
		try (MailboxConnection opened = MailboxConnection.open(this.settings, Folder.READ_ONLY)) {
			this.connection = opened;
			if (!opened.has("IDLE")) {
				logger.info("The server of the bounce mailbox {} has no IDLE: it is polled.", this.settings.label());
				return false;
			}
			idle((IMAPFolder) opened.folder());
			return true;
		}
		finally {
			this.connection = null;
		}
	}

	private void idle(IMAPFolder folder) throws MessagingException {
		folder.addMessageCountListener(new MessageCountAdapter() {
			@Override
			public void messagesAdded(MessageCountEvent event) {
				MailboxWatch.this.onMail.run();
			}
		});
		if (folder.getMessageCount() > 0) {
			this.onMail.run();
		}
		while (!isStopped()) {
			folder.idle(true);
		}
	}

	/** Ends the IDLE that is under way; another follows at once. */
	void renew() {
		MailboxConnection current = this.connection;
		if (current != null) {
			try {
				current.folder().getMessageCount();
			}
			catch (MessagingException | IllegalStateException ex) {
				// The thread that waits there has it too, and connects anew.
			}
		}
	}

	/** May wait for the server's answer. */
	void stop() {
		this.stopped.countDown();
		MailboxConnection current = this.connection;
		if (current != null) {
			try {
				current.close();
			}
			catch (Problem | IllegalStateException ex) {
				// There is nothing left to close.
			}
		}
	}

	private boolean isStopped() {
		return this.stopped.getCount() == 0;
	}

}
