package dev.herald.bounce;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import dev.herald.bounce.BounceMailbox.MailInBox;
import dev.herald.schema.Utc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records a chunk in one transaction, and after its commit puts the mails away. A crash
 * in between leaves them where they are: read again, they change nothing. Where a chunk
 * fails its mails are recorded one by one, so that a mail which fails by itself goes to
 * review and holds up no other. Used by one step and one thread.
 */
class BounceWriter implements ItemStreamWriter<CollectedMail> {

	static final String BOUNCES = "bounces";

	static final String SUPPRESSED = "suppressed";

	static final String UNSUBSCRIBED = "unsubscribed";

	static final String LEFT = "left";

	private static final Logger logger = LoggerFactory.getLogger(BounceWriter.class);

	private final MailboxReader reader;

	private final Intake intake;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Clock clock;

	private int bounces;

	private int suppressed;

	private int unsubscribed;

	private int left;

	BounceWriter(MailboxReader reader, Intake intake, JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
		this.reader = reader;
		this.intake = intake;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.clock = clock;
	}

	@Override
	public void write(Chunk<? extends CollectedMail> chunk) {
		List<Settled> settled;
		try {
			settled = commit(chunk.getItems());
		}
		catch (RuntimeException ex) {
			chunk.forEach(this::writeAlone);
			return;
		}
		putAway(settled);
	}

	private List<Settled> commit(List<? extends CollectedMail> mails) {
		return Objects.requireNonNull(this.transactions.execute((status) -> mails.stream().map(this::record).toList()));
	}

	private void writeAlone(CollectedMail mail) {
		List<Settled> settled;
		try {
			settled = commit(List.of(mail));
		}
		catch (RuntimeException ex) {
			if (!MailFault.isOfMail(ex)) {
				throw ex;
			}
			settled = commit(List.of(new CollectedMail.Unreadable(mail.mail(), MailFault.describe(ex))));
		}
		putAway(settled);
	}

	private Settled record(CollectedMail mail) {
		if (mail instanceof CollectedMail.Read read) {
			Taken taken = this.intake.record(read.returned());
			if (!(taken instanceof Taken.ForReview)) {
				rememberRecorded(mail.mail());
				return new Settled(mail, taken);
			}
			rememberLeft(mail.mail(), read.returned().report().kind().name());
		}
		else {
			rememberLeft(mail.mail(), "UNREADABLE");
		}
		return new Settled(mail, new Taken.ForReview());
	}

	private void rememberRecorded(MailInBox mail) {
		if (!this.reader.mailbox().showsRecorded()) {
			remember(mail, "RECORDED");
		}
	}

	private void rememberLeft(MailInBox mail, String kind) {
		if (!this.reader.mailbox().hasReviewFolder()) {
			remember(mail, kind);
		}
	}

	private void remember(MailInBox mail, String kind) {
		this.jdbc.sql("INSERT IGNORE INTO collected_mail (mailbox, uid, kind, collected_at) VALUES (?, ?, ?, ?)")
			.params(this.reader.settings().key(), mail.uid(), kind, Utc.of(this.clock.instant()))
			.update();
	}

	private void putAway(List<Settled> settled) {
		settled.forEach(this::count);
		this.reader.mailbox().putAway(mails(settled, false));
		if (this.reader.mailbox().hasReviewFolder()) {
			this.reader.mailbox().moveForReview(mails(settled, true));
		}
	}

	private void count(Settled settled) {
		if (settled.taken() instanceof Taken.Recorded outcome) {
			this.bounces += outcome.bounce() ? 1 : 0;
			this.suppressed += outcome.suppressed() ? 1 : 0;
		}
		else if (settled.taken() instanceof Taken.Unsubscribed) {
			this.unsubscribed++;
		}
		else if (settled.taken() instanceof Taken.ForReview) {
			this.left++;
		}
		if (settled.mail() instanceof CollectedMail.Unreadable unreadable) {
			logger.warn(
					"The mail with UID {} in the bounce mailbox {} can't be recorded and is for review: {}. Moved back to the folder that is read, it is tried again.",
					unreadable.mail().uid(), this.reader.settings().label(), unreadable.fault());
		}
	}

	private static List<MailInBox> mails(List<Settled> settled, boolean forReview) {
		return settled.stream()
			.filter((one) -> one.taken() instanceof Taken.ForReview == forReview)
			.map((one) -> one.mail().mail())
			.toList();
	}

	@Override
	public void update(ExecutionContext executionContext) {
		executionContext.putInt(BOUNCES, this.bounces);
		executionContext.putInt(SUPPRESSED, this.suppressed);
		executionContext.putInt(UNSUBSCRIBED, this.unsubscribed);
		executionContext.putInt(LEFT, this.left);
	}

	private record Settled(CollectedMail mail, Taken taken) {
	}

}
