package dev.herald.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

import dev.herald.schema.DatabaseThread;
import dev.herald.schema.Utc;
import dev.herald.settings.NeedsBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes once a second how the lanes of this process come on, so that any process can
 * show it. For looking at: what counts is the ledger. A kill loses the last second of it.
 * Thread-safe.
 */
@NeedsBatch
@Component
class TrafficBoard implements DisposableBean {

	private static final Duration EVERY = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(TrafficBoard.class);

	private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService writer = DatabaseThread.named("send-traffic");

	private final JdbcClient jdbc;

	private final Clock clock;

	TrafficBoard(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		DatabaseThread.repeat(this.writer, this::writeAll, EVERY);
	}

	/**
	 * @param due deliveries that the lane has before it
	 */
	void watch(Lane lane, Lanes lanes, int due) {
		this.watched.add(new Watched(lane, lanes, due));
	}

	/** The lane is done: its last figures are written. */
	void end(Lane lane) {
		this.watched.removeIf((each) -> {
			boolean ended = each.lane == lane;
			if (ended) {
				write(each);
			}
			return ended;
		});
	}

	private void writeAll() {
		this.watched.forEach(this::write);
	}

	private void write(Watched each) {
		try {
			each.write();
		}
		catch (NestedRuntimeException ex) {
			// It is only for looking at, and the next second may succeed.
			logger.debug("Not written this time", ex);
		}
	}

	@Override
	public void destroy() {
		DatabaseThread.end(this.writer);
	}

	private final class Watched {

		private final Lane lane;

		private final Lanes lanes;

		private final int due;

		private long accepted;

		private long deferred;

		private long rejected;

		Watched(Lane lane, Lanes lanes, int due) {
			this.lane = lane;
			this.lanes = lanes;
			this.due = due;
		}

		synchronized void write() {
			LaneTally tally = this.lane.tally();
			long nowAccepted = tally.accepted.sum();
			long nowDeferred = tally.deferred.sum();
			long nowRejected = tally.rejected.sum();
			TrafficBoard.this.jdbc.sql("""
					INSERT INTO send_traffic (send_id, provider, name, waiting, in_flight, accepted, deferred, rejected,
					                          state, updated_at)
					VALUES (:send, :provider, :name, :waiting, :flying, :accepted, :deferred, :rejected, :state, :now)
					ON DUPLICATE KEY UPDATE name = VALUES(name), waiting = VALUES(waiting),
					in_flight = VALUES(in_flight), accepted = accepted + VALUES(accepted),
					deferred = deferred + VALUES(deferred), rejected = rejected + VALUES(rejected),
					state = VALUES(state), updated_at = VALUES(updated_at)
					""")
				.param("send", this.lane.send.send().id())
				.param("provider", this.lane.provider().code())
				.param("name", this.lane.provider().name())
				.param("waiting", Math.max(0, this.due - nowAccepted - nowDeferred - nowRejected))
				.param("flying", this.lanes.transmitting(this.lane.provider().code()))
				.param("accepted", nowAccepted - this.accepted)
				.param("deferred", nowDeferred - this.deferred)
				.param("rejected", nowRejected - this.rejected)
				.param("state", HoldReason.write(this.lane.pace.state().orElse(null)))
				.param("now", Utc.of(TrafficBoard.this.clock.instant()))
				.update();
			this.accepted = nowAccepted;
			this.deferred = nowDeferred;
			this.rejected = nowRejected;
		}

	}

}
