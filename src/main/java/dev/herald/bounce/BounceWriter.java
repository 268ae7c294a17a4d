package dev.herald.bounce;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import dev.herald.bounce.BounceMailbox.MailInBox;
import dev.herald.schema.Utc;

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

	static final String UNSUBSCRIBED = "unsubscribed";

	static final String LEFT = "left";

	private final MailboxReader reader;

	private final Intake intake;

	private final JdbcClient jdbc;

	private final Clock clock;

	private int bounces;

	private int suppressed;

	private int unsubscribed;

	private int left;

	BounceWriter(MailboxReader reader, Intake intake, JdbcClient jdbc, Clock clock) {
		this.reader = reader;
		this.intake = intake;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Override
	public void write(Chunk<? extends CollectedMail> chunk) {
		List<MailInBox> recorded = new ArrayList<>();
		for (CollectedMail mail : chunk) {
			Taken taken = this.intake.record(mail.returned());
			if (taken instanceof Taken.ForReview) {
				leave(mail);
			}
			else {
				count(taken);
				recorded.add(mail.mail());
			}
		}
		deleteAfterCommit(recorded);
	}

	private void count(Taken taken) {
		if (taken instanceof Taken.Recorded outcome) {
			this.bounces += outcome.bounce() ? 1 : 0;
			this.suppressed += outcome.suppressed() ? 1 : 0;
		}
		else {
			this.unsubscribed++;
		}
	}

	private void leave(CollectedMail mail) {
		this.left++;
		this.jdbc.sql("INSERT IGNORE INTO collected_mail (mailbox, uid, kind, collected_at) VALUES (?, ?, ?, ?)")
			.params(this.reader.mailboxKey(), mail.mail().uid(), mail.returned().report().kind().name(),
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
		executionContext.putInt(UNSUBSCRIBED, this.unsubscribed);
		executionContext.putInt(LEFT, this.left);
	}

}
