package dev.herald.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.herald.mailbox.BuiltInMailbox;
import dev.herald.notice.NoticeTable.Waiting;
import dev.herald.problem.Problem;
import dev.herald.render.OutgoingMessage;
import dev.herald.settings.Installation;
import dev.herald.smtp.Relay;
import dev.herald.smtp.Relays;
import dev.herald.smtp.SendOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import org.springframework.util.function.SingletonSupplier;

/**
 * Mails to one person that belong to no send. Whoever wants one queues it, within the
 * transaction that it is about; a server writes and sends it a moment later, and again
 * where a relay says so. One whose answer is lost is not sent twice. Without a relay they
 * go to the built-in mailbox, as rehearsals do. Thread-safe.
 */
@Service
public class Notices {

	private static final Logger logger = LoggerFactory.getLogger(Notices.class);

	private static final int AT_A_TIME = 100;

	/** Above the longest that a relay may take for one mail, several times. */
	private static final Duration ABANDONED_AFTER = Duration.ofMinutes(30);

	private static final Duration KEPT = Duration.ofDays(7);

	private static final Duration TIDIED_EVERY = Duration.ofMinutes(10);

	private final NoticeTable table;

	private final SingletonSupplier<Map<String, NoticeWriter>> writers;

	private final Relays relays;

	private final ObjectProvider<BuiltInMailbox> mailbox;

	private final Installation installation;

	private final NoticeSettings settings;

	private final Clock clock;

	private Instant tidiedAt = Instant.MIN;

	private boolean warned;

	Notices(NoticeTable table, ObjectProvider<NoticeWriter> writers, Relays relays,
			ObjectProvider<BuiltInMailbox> mailbox, Installation installation, NoticeSettings settings, Clock clock) {
		this.table = table;
		this.writers = SingletonSupplier
			.of(() -> writers.orderedStream().collect(Collectors.toMap(NoticeWriter::kind, Function.identity())));
		this.relays = relays;
		this.mailbox = mailbox;
		this.installation = installation;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * @param kind of the writer that will write it
	 * @param about what the writer is told
	 */
	public void queue(String kind, long about) {
		this.table.insert(kind, about);
	}

	/**
	 * Within the transaction that restores a backup: what waits in it may have gone out
	 * since, and goes out no more.
	 * @return how many they are
	 */
	public int restored() {
		return this.table.doubt("It waited in a backup that was restored.");
	}

	/**
	 * Sends some of what is due.
	 * @return how many notices were looked at; none where nothing is due
	 */
	public synchronized int sendDue() {
		tidy();
		List<Waiting> due = isHeldBack() ? List.of() : this.table.due(AT_A_TIME);
		if (!due.isEmpty()) {
			try (NoticeRelay relay = new NoticeRelay(relays(), this.settings.patience())) {
				due.forEach((notice) -> send(notice, relay));
			}
		}
		return due.size();
	}

	private void tidy() {
		Instant now = this.clock.instant();
		if (this.tidiedAt.isBefore(now.minus(TIDIED_EVERY))) {
			this.table.abandoned(ABANDONED_AFTER);
			this.table.forget(KEPT);
			this.tidiedAt = now;
		}
	}

	/** As a send would be: links that nobody can follow must not leave. */
	private boolean isHeldBack() {
		boolean held = this.relays.present() && !this.installation.reachable()
				&& !this.installation.allowLocalBaseUrl();
		if (held && !this.warned && !this.table.due(1).isEmpty()) {
			logger.warn(
					"Mails about sign-ups and preferences wait: herald.base-url is {}, which readers can't reach. Set it to a public https address.",
					this.installation.baseUrl());
			this.warned = true;
		}
		return held;
	}

	private List<Relay> relays() {
		return this.relays.present() ? this.relays.all()
				: List.of(Relay.at("127.0.0.1", this.mailbox.getObject().smtpPort()));
	}

	private void send(Waiting notice, NoticeRelay relay) {
		if (notice.createdAt().plus(this.settings.giveUp()).isBefore(this.clock.instant())) {
			this.table.end(notice, "EXPIRED", "");
			return;
		}
		Optional<OutgoingMessage> message;
		try {
			message = writer(notice).write(notice.about());
		}
		catch (Problem ex) {
			// A faulty template can be mended before it is given up.
			logger.warn("A notice ({}) can't be written, and is tried again: {}", notice.kind(), ex.getMessage());
			again(notice, "");
			return;
		}
		catch (DataAccessException | TransactionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// Those behind it have nothing to do with it.
			logger.error("A notice ({}, {}) can't be written, and is tried again", notice.kind(), notice.id(), ex);
			again(notice, "");
			return;
		}
		if (message.isEmpty()) {
			this.table.end(notice, "DROPPED", "");
		}
		else if (this.table.claim(notice)) {
			record(notice, relay.hand(message.get()));
		}
	}

	private NoticeWriter writer(Waiting notice) {
		NoticeWriter writer = this.writers.obtain().get(notice.kind());
		if (writer == null) {
			throw new IllegalStateException("Nobody writes notices of the kind " + notice.kind());
		}
		return writer;
	}

	private void record(Waiting notice, SendOutcome outcome) {
		if (outcome instanceof SendOutcome.Accepted accepted) {
			this.table.end(notice, "ACCEPTED", accepted.reply().text());
		}
		else if (outcome instanceof SendOutcome.Rejected rejected) {
			this.table.end(notice, "REJECTED", rejected.reply().text());
		}
		else if (outcome instanceof SendOutcome.Uncertain uncertain) {
			// Its reader may ask for another one.
			this.table.end(notice, "UNCERTAIN", uncertain.reason());
		}
		else if (outcome instanceof SendOutcome.Deferred deferred) {
			again(notice, deferred.reply().text());
		}
		else if (outcome instanceof SendOutcome.Refused refused) {
			again(notice, refused.reply().text());
		}
		else {
			again(notice, (outcome instanceof SendOutcome.RelayUnavailable gone) ? gone.reason().toString() : "");
		}
	}

	private void again(Waiting notice, String reply) {
		this.table.again(notice, this.settings.pauseAfter(notice.attempts() + 1), reply);
	}

}
