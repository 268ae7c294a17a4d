package dev.herald.bounce;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.bounce.BouncePolicy.WithoutToken;
import dev.herald.bounce.BounceRecording.Outcome;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report;
import dev.herald.returns.Report.Kind;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.schema.Utc;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.DeliveryKey;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reports that no machine may act on: they name a subscriber's address, but no token
 * proves that they are about a mail of ours. A person looks at them and decides.
 * Thread-safe.
 */
@Service
public class ReportReview {

	/**
	 * That wait. Anybody can write to a bounce address: what is beyond is not kept here,
	 * and the mail itself stays where it is.
	 */
	private static final int MOST_OPEN = 10_000;

	private static final int MOST_EVIDENCE = 500;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Subscriptions subscriptions;

	private final BounceRecording recording;

	private final WithoutToken withoutToken;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ReportReview(JdbcClient jdbc, TransactionTemplate transactions, Subscriptions subscriptions,
			BounceRecording recording, BouncePolicy policy, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.subscriptions = subscriptions;
		this.recording = recording;
		this.withoutToken = policy.withoutToken();
		this.events = events;
		this.clock = clock;
	}

	/** Where the policy believes addresses: the last delivery to the one reported. */
	Optional<DeliveryKey> deliveryByAddress(Returned returned) {
		if (this.withoutToken != WithoutToken.COUNT) {
			return Optional.empty();
		}
		return returned.report()
			.recipients()
			.stream()
			.flatMap((one) -> subscriber(one).stream())
			.findFirst()
			.flatMap(this::lastDelivery);
	}

	/** Keeps what it says of subscribers, within the caller's transaction. */
	Taken keep(Returned returned) {
		if (this.withoutToken == WithoutToken.REVIEW && isOfInterest(returned.report().kind()) && open() < MOST_OPEN) {
			returned.report()
				.recipients()
				.stream()
				.filter((one) -> subscriber(one).isPresent())
				.limit(10)
				.forEach((one) -> insert(returned, one));
		}
		return new Taken.ForReview();
	}

	private static boolean isOfInterest(Kind kind) {
		return kind == Kind.BOUNCE || kind == Kind.COMPLAINT;
	}

	private int open() {
		return this.jdbc.sql("SELECT COUNT(*) FROM report_review WHERE state = 'OPEN'").query(Integer.class).single();
	}

	private Optional<Subscriber> subscriber(ReportedRecipient recipient) {
		return EmailAddress.tryParse(recipient.address()).flatMap(this.subscriptions::find);
	}

	private void insert(Returned returned, ReportedRecipient recipient) {
		this.jdbc.sql("""
				INSERT IGNORE INTO report_review (report_sha256, address, source, kind, bounce_class, status, action,
				                                  reason, evidence, received_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
				""")
			.params(returned.sha256(), recipient.address(), cut(returned.source(), 190),
					returned.report().kind().name(), recipient.bounceClass().name(), recipient.status(),
					recipient.action(), recipient.reason(), cut(recipient.evidence(), MOST_EVIDENCE),
					Utc.of(this.clock.instant()))
			.update();
	}

	private static String cut(String text, int most) {
		return text.substring(0, Math.min(text.length(), most));
	}

	/** Those that wait for a decision, newest first; at most 200. */
	public List<Item> waiting() {
		return waiting(Integer.MAX_VALUE, 200);
	}

	/**
	 * A page of them, at most limit.
	 * @param before the id that the page before ended with; Integer.MAX_VALUE for the
	 * first
	 */
	public List<Item> waiting(int before, int limit) {
		return this.jdbc.sql("SELECT * FROM report_review WHERE state = 'OPEN' AND id < ? ORDER BY id DESC LIMIT ?")
			.params(before, limit)
			.query(ReportReview::item)
			.list();
	}

	/** What it would be counted for; empty where nothing was sent to the address. */
	public Optional<DeliveryKey> deliveryOf(Item item) {
		return subscriber(item.recipient()).flatMap(this::lastDelivery);
	}

	/**
	 * Believes it: it is recorded for the last issue that the address was sent, with all
	 * that follows.
	 * @return whether the address was suppressed by it
	 * @throws Problem where there is nothing to decide, or nothing was sent to the
	 * address
	 */
	public boolean count(int id, String byWhom) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			Item item = decide(id, "COUNTED", byWhom);
			DeliveryKey delivery = deliveryOf(item)
				.orElseThrow(() -> Problem.work(Sentence.of("bounce.uncountable", id)));
			Outcome outcome = this.recording.record(delivery, new Report(item.kind(), List.of(item.recipient())),
					item.sha256());
			this.events.publishEvent(Change.of(Action.REPORT_COUNTED, item.recipient().address())
				.with("report", id)
				.with("suppressed", outcome.suppressed()));
			return outcome.suppressed();
		}));
	}

	/**
	 * Clears it away; nothing follows from it.
	 * @throws Problem where there is nothing to decide
	 */
	public void dismiss(int id, String byWhom) {
		this.transactions.executeWithoutResult((status) -> {
			Item item = decide(id, "DISMISSED", byWhom);
			this.events.publishEvent(Change.of(Action.REPORT_DISMISSED, item.recipient().address()).with("report", id));
		});
	}

	/**
	 * Takes a dismissal back: the report waits again.
	 * @throws Problem where it was not dismissed
	 */
	public void reopen(int id) {
		this.transactions.executeWithoutResult((status) -> {
			int reopened = this.jdbc.sql("""
					UPDATE report_review SET state = 'OPEN', decided_by = '', decided_at = NULL
					WHERE id = ? AND state = 'DISMISSED'
					""").param(id).update();
			if (reopened == 0) {
				throw Problem.usage(Sentence.of("bounce.undismissed", id));
			}
			this.events
				.publishEvent(Change.of(Action.REPORT_REOPENED, find(id).recipient().address()).with("report", id));
		});
	}

	private Item find(int id) {
		return this.jdbc.sql("SELECT * FROM report_review WHERE id = ?").param(id).query(ReportReview::item).single();
	}

	private Item decide(int id, String decision, String byWhom) {
		int decided = this.jdbc.sql("""
				UPDATE report_review SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'OPEN'
				""").params(decision, byWhom, Utc.of(this.clock.instant()), id).update();
		if (decided == 0) {
			throw Problem.usage(Sentence.of("bounce.no-report", id));
		}
		return find(id);
	}

	/** What was never handed to a relay can't have bounced. */
	private Optional<DeliveryKey> lastDelivery(Subscriber subscriber) {
		return this.jdbc.sql("""
				SELECT d.issue_id FROM issue i JOIN delivery d ON d.issue_id = i.id
				WHERE d.subscriber_id = ? AND d.state IN (1, 2, 5)
				ORDER BY d.changed_at DESC, d.issue_id DESC LIMIT 1
				""")
			.param(subscriber.id())
			.query((row, number) -> new DeliveryKey(row.getInt("issue_id"), subscriber.id()))
			.optional();
	}

	private static Item item(ResultSet row, int number) throws SQLException {
		return new Item(row.getInt("id"), row.getString("report_sha256"), row.getString("source"),
				Kind.valueOf(row.getString("kind")),
				new ReportedRecipient(row.getString("address"), row.getString("status"), row.getString("action"),
						BounceClass.valueOf(row.getString("bounce_class")), row.getString("reason"),
						row.getString("evidence")),
				Utc.read(row, "received_at"));
	}

	/**
	 * @param sha256 of the report that said it
	 * @param source where it came in, in words for people
	 */
	public record Item(int id, String sha256, String source, Kind kind, ReportedRecipient recipient,
			Instant receivedAt) {
	}

}
