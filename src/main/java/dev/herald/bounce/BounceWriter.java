package dev.herald.bounce;

import java.time.Clock;
import java.util.List;

import dev.herald.bounce.BounceMailbox.MailInBox;
import dev.herald.bounce.BounceRecording.Outcome;
import dev.herald.schema.Utc;
import dev.herald.tracking.Unsubscribing;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records a chunk, and after its commit deletes from the mailbox what was understood. A
 * crash in between leaves the mails: read again, they change nothing. Used by one step
 * and one thread.
 */
class BounceWriter implements ItemStreamWriter<CollectedMail> {

	static final String BOUNCES = "bounces";

	static final String SUPPRESSED = "suppressed";

	static final String LEFT = "left";

	private final MailboxReader reader;

	private final BounceRecording recording;

	private final Unsubscribing unsubscribing;

	private final JdbcClient jdbc;

	private final Clock clock;

	private int bounces;

	private int suppressed;

	private int left;

	BounceWriter(MailboxReader reader, BounceRecording recording, Unsubscribing unsubscribing, JdbcClient jdbc,
			Clock clock) {
		this.reader = reader;
		this.recording = recording;
		this.unsubscribing = unsubscribing;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public void write(Chunk<? extends CollectedMail> chunk) {
		for (CollectedMail mail : chunk) {
			if (mail.unsubscribe().isPresent()) {
				this.unsubscribing.byMail(mail.unsubscribe().get());
			}
			else if (mail.understood()) {
				Outcome outcome = this.recording.record(mail.delivery().orElseThrow(), mail.report(), mail.sha256());
				this.bounces += outcome.bounce() ? 1 : 0;
				this.suppressed += outcome.suppressed() ? 1 : 0;
			}
			else {
				leave(mail);
			}
		}
		deleteAfterCommit(
				chunk.getItems().stream().filter(CollectedMail::understood).map(CollectedMail::mail).toList());
	}

	private void leave(CollectedMail mail) {
		this.left++;
		this.jdbc.sql("INSERT IGNORE INTO collected_mail (mailbox, uid, kind, collected_at) VALUES (?, ?, ?, ?)")
			.params(this.reader.mailboxKey(), mail.mail().uid(), mail.report().kind().name(),
					Utc.of(this.clock.instant()))
			.update();
	}

	private void deleteAfterCommit(List<MailInBox> understood) {
		if (understood.isEmpty()) {
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				BounceWriter.this.reader.delete(understood);
			}
		});
	}

	@Override
	public void update(ExecutionContext executionContext) {
		executionContext.putInt(BOUNCES, this.bounces);
		executionContext.putInt(SUPPRESSED, this.suppressed);
		executionContext.putInt(LEFT, this.left);
	}

}
