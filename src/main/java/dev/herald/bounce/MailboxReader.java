package dev.herald.bounce;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.herald.bounce.BounceMailbox.MailInBox;
import dev.herald.bounce.BounceMailbox.UnreadableMail;
import dev.herald.returns.ReportParser;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the mails that no earlier run has done with. Used by one step and one thread.
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
			.param(this.settings.key())
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
				.param("mailbox", this.settings.key())
				.param("uids", uids.subList(from, Math.min(uids.size(), from + 500)))
				.update();
		}
	}

	@Override
	public @Nullable FetchedMail read() {
		while (this.mails.hasNext()) {
			MailInBox mail = this.mails.next();
			try {
				byte[] bytes = mailbox().read(mail, ReportParser.MAX_BYTES);
				if (bytes != null) {
					return new FetchedMail(mail, bytes, "");
				}
			}
			catch (UnreadableMail ex) {
				return new FetchedMail(mail, new byte[0], "the server does not hand it out");
			}
		}
		return null;
	}

	/** Open from the first chunk to the last. */
	BounceMailbox mailbox() {
		return Objects.requireNonNull(this.mailbox, "read before open");
	}

	MailboxSettings settings() {
		return this.settings;
	}

	@Override
	public void close() {
		BounceMailbox opened = this.mailbox;
		this.mailbox = null;
		if (opened != null) {
			opened.close();
		}
	}

	/**
	 * A mail as the server has it, up to the first MiB.
	 *
	 * @param fault why it can't be had; empty where it can
	 */
	record FetchedMail(MailInBox mail, byte[] bytes, String fault) {
	}

}
