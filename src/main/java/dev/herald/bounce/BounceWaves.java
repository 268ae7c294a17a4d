package dev.herald.bounce;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.herald.address.EmailAddress;
import dev.herald.audit.Action;
import dev.herald.audit.Change;
import dev.herald.digest.Sha256;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.returns.BounceClass;
import dev.herald.returns.Report.ReportedRecipient;
import dev.herald.schema.Utc;
import dev.herald.smtp.SmtpReply;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;
import dev.herald.tracking.DeliveryKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hard bounces of one send that came from one provider with one text. So many of them
 * that it is a block or an outage are held: they count as soft, the suppressions that
 * they made are lifted, and a person is told and decides. Thread-safe.
 */
@Service
public class BounceWaves {

	private static final Logger logger = LoggerFactory.getLogger(BounceWaves.class);

	private static final String BY_WHOM = "held as a wave of bounces";

	private static final String SELECT = """
			SELECT w.id, w.send_id, o.issue_id, i.slug, w.provider, w.text, w.bounces, w.recipients, w.state
			FROM bounce_wave w JOIN send o ON o.id = w.send_id JOIN issue i ON i.id = o.issue_id
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	private final Suppressions suppressions;

	private final BounceSums sums;

	private final BouncePolicy.Wave rule;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	BounceWaves(JdbcClient jdbc, TransactionTemplate transactions, Suppressions suppressions, BounceSums sums,
			BouncePolicy policy, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.suppressions = suppressions;
		this.sums = sums;
		this.rule = policy.wave();
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Counts one more hard bounce, within the transaction that has recorded it.
	 * @param sha256 of its report
	 * @return whether it is held: it counts as soft then, and suppresses nobody
	 */
	boolean holds(DeliveryKey delivery, ReportedRecipient recipient, String sha256) {
		return origin(delivery).filter((origin) -> {
			Wave wave = add(origin, recipient);
			State state = isToBeHeld(wave) ? State.HELD : wave.state();
			this.jdbc.sql("""
					UPDATE bounce SET wave_id = ?, bounce_class = ?
					WHERE issue_id = ? AND subscriber_id = ? AND report_sha256 = ?
					""")
				.params(wave.id(), (state.soft() ? BounceClass.SOFT : BounceClass.HARD).name(), delivery.issueId(),
						delivery.subscriberId(), sha256)
				.update();
			if (state != wave.state()) {
				hold(wave);
			}
			return state.soft();
		}).isPresent();
	}

	private Wave add(Origin origin, ReportedRecipient recipient) {
		String likeness = Sha256.hex(new SmtpReply(0, recipient.status(), recipient.evidence()).likeness());
		this.jdbc.sql("""
				INSERT INTO bounce_wave (send_id, provider, likeness, text, bounces) VALUES (?, ?, ?, ?, 1)
				ON DUPLICATE KEY UPDATE bounces = bounces + 1
				""").params(origin.sendId(), origin.provider(), likeness, recipient.evidence()).update();
		return this.jdbc.sql(SELECT + "WHERE w.send_id = ? AND w.provider = ? AND w.likeness = ?")
			.params(origin.sendId(), origin.provider(), likeness)
			.query(BounceWaves::wave)
			.single();
	}

	private Optional<Origin> origin(DeliveryKey delivery) {
		return this.jdbc.sql("""
				SELECT d.send_id, d.provider FROM delivery d JOIN send o ON o.id = d.send_id
				WHERE d.issue_id = ? AND d.subscriber_id = ?
				""")
			.params(delivery.issueId(), delivery.subscriberId())
			.query((row, number) -> new Origin(row.getInt("send_id"), row.getInt("provider")))
			.optional();
	}

	private boolean isToBeHeld(Wave wave) {
		if (wave.state() != State.OPEN) {
			return false;
		}
		int allOfSend = this.jdbc.sql("SELECT SUM(bounces) FROM bounce_wave WHERE send_id = ?")
			.param(wave.sendId())
			.query(Integer.class)
			.single();
		return this.rule.isSuspect(wave.bounces(), allOfSend)
				&& this.rule.isTooManyOf(wave.bounces(), recipients(wave));
	}

	/** Counted once: an audience does not change after its freeze. */
	private int recipients(Wave wave) {
		if (wave.recipients() > 0) {
			return wave.recipients();
		}
		int count = this.jdbc.sql("SELECT COUNT(*) FROM delivery WHERE send_id = ? AND provider = ?")
			.params(wave.sendId(), wave.provider())
			.query(Integer.class)
			.single();
		this.jdbc.sql("UPDATE bounce_wave SET recipients = ? WHERE id = ?").params(count, wave.id()).update();
		return count;
	}

	private void hold(Wave wave) {
		this.sums.throwAway(wave.issueId());
		this.jdbc.sql("UPDATE bounce_wave SET state = 'HELD', held_at = ? WHERE id = ?")
			.params(Utc.of(this.clock.instant()), wave.id())
			.update();
		soften(wave, BY_WHOM);
		logger.warn(
				"Send {}: {} hard bounces from one provider say the same ({}). They are held as soft until somebody decides: herald bounce waves",
				wave.sendId(), wave.bounces(), wave.text());
	}

	/**
	 * Its bounces count as soft, and suppress nobody.
	 * @return how many suppressions were lifted
	 */
	private int soften(Wave wave, String byWhom) {
		count(wave, BounceClass.SOFT);
		List<Subscriber> suppressed = suppressedBy(wave);
		suppressed.forEach((reader) -> this.suppressions.liftWithOthers(reader.address(),
				"its bounce is held: " + wave.text(), byWhom));
		this.jdbc.sql("UPDATE bounce SET suppressed = 0 WHERE wave_id = ?").param(wave.id()).update();
		return suppressed.size();
	}

	private void count(Wave wave, BounceClass bounceClass) {
		this.jdbc.sql("UPDATE bounce SET bounce_class = ? WHERE wave_id = ?")
			.params(bounceClass.name(), wave.id())
			.update();
	}

	/** And by nothing else: not by a complaint since, nor by another hard bounce. */
	private List<Subscriber> suppressedBy(Wave wave) {
		return readers("""
				JOIN suppression x ON x.match_key = s.match_key AND x.reason = 'HARD_BOUNCE'
				WHERE b.wave_id = ? AND b.suppressed = 1
				AND NOT EXISTS (SELECT 1 FROM bounce o WHERE o.subscriber_id = b.subscriber_id
				                AND o.bounce_class = 'HARD')
				""", wave.id());
	}

	private List<Subscriber> readers(String which, Object... parameters) {
		return this.jdbc.sql("""
				SELECT DISTINCT s.id, s.address, s.name FROM bounce b JOIN subscriber s ON s.id = b.subscriber_id
				""" + which)
			.params(parameters)
			.query((row, number) -> new Subscriber(row.getInt("id"), new EmailAddress(row.getString("address")),
					row.getString("name")))
			.list();
	}

	/**
	 * Whose mails bounced in a wave, at most limit.
	 * @param after the subscriber id that the page before ended with; 0 for the first
	 */
	public List<Subscriber> readers(int waveId, int after, int limit) {
		return readers("WHERE b.wave_id = ? AND s.id > ? ORDER BY s.id LIMIT ?", waveId, after, limit);
	}

	public Optional<Wave> find(int waveId) {
		return waves("w.id = ?", waveId).stream().findFirst();
	}

	/** Waves that wait for a decision, or had one; the newest 200. */
	public List<Wave> held() {
		return waves("w.state <> 'OPEN' ORDER BY w.id DESC LIMIT 200");
	}

	/** Of all sends, those that wait for a decision; the newest 200. */
	public List<Wave> waiting() {
		return waves("w.state = 'HELD' ORDER BY w.id DESC LIMIT 200");
	}

	/** Those of one issue that wait for a decision. */
	public List<Wave> waitingOf(int issueId) {
		return waves("w.state = 'HELD' AND i.id = ? ORDER BY w.id", issueId);
	}

	private List<Wave> waves(String which, Object... parameters) {
		return this.jdbc.sql(SELECT + "WHERE " + which).params(parameters).query(BounceWaves::wave).list();
	}

	/**
	 * The addresses are dead after all: they are suppressed.
	 * @return how many were
	 * @throws Problem where there is nothing to decide
	 */
	public int dead(int waveId, String byWhom) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			// Before the row of the wave, as whoever records a bounce of it.
			find(waveId).ifPresent((before) -> this.sums.throwAway(before.issueId()));
			Wave wave = decide(waveId, State.DEAD, byWhom);
			count(wave, BounceClass.HARD);
			int suppressed = (int) readers("WHERE b.wave_id = ?", waveId).stream()
				.filter((reader) -> suppress(reader, wave, byWhom))
				.count();
			this.events.publishEvent(change(Action.WAVE_DEAD, State.HELD, wave).with("suppressed", suppressed));
			return suppressed;
		}));
	}

	private boolean suppress(Subscriber reader, Wave wave, String byWhom) {
		boolean suppressed = this.suppressions.suppress(reader.address(), SuppressionReason.HARD_BOUNCE, wave.text(),
				byWhom);
		if (suppressed) {
			this.jdbc.sql("UPDATE bounce SET suppressed = 1 WHERE wave_id = ? AND subscriber_id = ?")
				.params(wave.id(), reader.id())
				.update();
		}
		return suppressed;
	}

	/**
	 * The addresses live: their bounces stay soft.
	 * @throws Problem where there is nothing to decide
	 */
	public void alive(int waveId, String byWhom) {
		this.transactions.executeWithoutResult((status) -> this.events
			.publishEvent(change(Action.WAVE_ALIVE, State.HELD, decide(waveId, State.ALIVE, byWhom))));
	}

	/**
	 * Takes a decision back: the wave is held again, and what it had suppressed is
	 * lifted.
	 * @return how many suppressions were lifted
	 * @throws Problem where nothing was decided
	 */
	public int reopen(int waveId, String byWhom) {
		return Objects.requireNonNull(this.transactions.execute((status) -> {
			Wave before = find(waveId).orElseThrow(() -> undecided(waveId));
			this.sums.throwAway(before.issueId());
			int reopened = this.jdbc.sql("""
					UPDATE bounce_wave SET state = 'HELD', decided_by = '', decided_at = NULL
					WHERE id = ? AND state IN ('DEAD', 'ALIVE')
					""").param(waveId).update();
			if (reopened == 0) {
				throw undecided(waveId);
			}
			int lifted = soften(before, byWhom);
			this.events.publishEvent(
					change(Action.WAVE_REOPENED, before.state(), find(waveId).orElseThrow()).with("lifted", lifted));
			return lifted;
		}));
	}

	private static Problem undecided(int waveId) {
		return Problem.usage(Sentence.of("bounce.undecided", waveId));
	}

	private static Change change(Action action, State was, Wave wave) {
		return Change.of(action, "%s, send %d, wave %d".formatted(wave.slug(), wave.sendId(), wave.id()))
			.with("state", was, wave.state());
	}

	private Wave decide(int waveId, State decision, String byWhom) {
		int decided = this.jdbc.sql("""
				UPDATE bounce_wave SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'HELD'
				""").params(decision.name(), byWhom, Utc.of(this.clock.instant()), waveId).update();
		if (decided == 0) {
			throw Problem.usage(Sentence.of("bounce.no-wave", waveId));
		}
		return this.jdbc.sql(SELECT + "WHERE w.id = ?").param(waveId).query(BounceWaves::wave).single();
	}

	private static Wave wave(ResultSet row, int number) throws SQLException {
		return new Wave(row.getInt("id"), row.getInt("send_id"), row.getInt("issue_id"), row.getString("slug"),
				row.getInt("provider"), row.getString("text"), row.getInt("bounces"), row.getInt("recipients"),
				State.valueOf(row.getString("state")));
	}

	/**
	 * @param provider its code, as in batch/send-issue.yaml; 0 is none that Herald knows
	 * @param recipients what the provider's readers were sent; 0 where nobody has counted
	 */
	public record Wave(int id, int sendId, int issueId, String slug, int provider, String text, int bounces,
			int recipients, State state) {
	}

	/** What is made of a wave; stored by name. */
	public enum State {

		/** Its bounces are believed, one by one. */
		OPEN,
		/** Too many to be believed: a person has to decide. */
		HELD,
		/** A person said that the addresses are dead. */
		DEAD,
		/** A person said that they live. */
		ALIVE;

		boolean soft() {
			return this == HELD || this == ALIVE;
		}

	}

	private record Origin(int sendId, int provider) {
	}

}
