package dev.herald.bounce;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.herald.bounce.BounceMailbox.MailInBox;
import dev.herald.returns.ReportParser;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the mails that no earlier run has left in the mailbox. Used by one step and one
 * thread.
 */
class MailboxReader implements ItemStreamReader<MailboxReader.FetchedMail> {

	private final MailboxSettings settings;

	private final CollectBouncesValues values;

	private final JdbcClient jdbc;

	private @Nullable BounceMailbox mailbox;

	private Iterator<MailInBox> mails = List.<MailInBox>of().iterator();

	MailboxReader(MailboxSettings settings, CollectBouncesValues values, JdbcClient jdbc) {
		this.settings = settings;
		this.values = values;
		this.jdbc = jdbc;
	}

	@Override
	public void open(ExecutionContext executionContext) {
		BounceMailbox opened = BounceMailbox.open(this.settings);
		this.mailbox = opened;
		List<MailInBox> all = opened.list();
		Set<String> left = left();
		forgetGone(left, all);
		this.mails = all.stream()
			.filter((mail) -> !left.contains(mail.uid()))
			.limit(this.values.mailsPerRun())
			.toList()
			.iterator();
	}

	private Set<String> left() {
		return new HashSet<>(this.jdbc.sql("SELECT uid FROM collected_mail WHERE mailbox = ?")
			.param(mailboxKey())
			.query(String.class)
			.list());
	}

	/** What a person has cleared away need not be remembered. */
	private void forgetGone(Set<String> left, List<MailInBox> all) {
		Set<String> gone = new HashSet<>(left);
		all.forEach((mail) -> gone.remove(mail.uid()));
		List<String> uids = new ArrayList<>(gone);
		for (int from = 0; from < uids.size(); from += 500) {
			this.jdbc.sql("DELETE FROM collected_mail WHERE mailbox = :mailbox AND uid IN (:uids)")
				.param("mailbox", mailboxKey())
				.param("uids", uids.subList(from, Math.min(uids.size(), from + 500)))
				.update();
		}
	}

	String name() {
		return this.settings.address();
	}

	/** The column's 190 characters are enough for all but the strangest names. */
	String mailboxKey() {
		String name = this.settings.username() + " " + this.settings.address();
		return (name.length() <= 190) ? name : Intake.sha256(name.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public @Nullable FetchedMail read() {
		while (this.mails.hasNext()) {
			MailInBox mail = this.mails.next();
			byte[] bytes = mailbox().read(mail, ReportParser.MAX_BYTES);
			if (bytes != null) {
				return new FetchedMail(mail, bytes);
			}
		}
		return null;
	}

	void delete(List<MailInBox> understood) {
		mailbox().delete(understood);
	}

	private BounceMailbox mailbox() {
		return Objects.requireNonNull(this.mailbox, "read before open");
	}

	@Override
	public void close() {
		BounceMailbox opened = this.mailbox;
		this.mailbox = null;
		if (opened != null) {
			opened.close();
		}
	}

	/** A mail as the server has it, up to the first MiB. */
	record FetchedMail(MailInBox mail, byte[] bytes) {
	}

}
