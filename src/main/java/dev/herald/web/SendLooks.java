package dev.herald.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.Ledger;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendPace;
import dev.herald.delivery.SendStatus;

/**
 * Looks at sends for all who watch them: one count of the ledger serves everybody for a
 * second, since counting a million rows takes the database a good part of one; and the
 * looks together tell how fast a send is. Thread-safe.
 */
@Component
class SendLooks {

	private static final Duration FRESH = Duration.ofMillis(900);

	/** Nobody watches any more. */
	private static final Duration FORGOTTEN = Duration.ofMinutes(1);

	private final Map<Integer, Look> looks = new ConcurrentHashMap<>();

	private final Ledger ledger;

	private final Clock clock;

	SendLooks(Ledger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * @param send as it was read a moment ago
	 */
	SendProgress at(Send send) {
		Instant now = this.clock.instant();
		if (!send.status().isUnfinished()) {
			this.looks.remove(send.id());
			return SendProgress.over(send, this.ledger.countsOfSend(send.id()));
		}
		this.looks.values().removeIf((look) -> look.at.isBefore(now.minus(FORGOTTEN)));
		Look look = look(send.id(), now);
		return SendProgress.underWay(send, look.counts, look.pace, now, nextDue(send, look, now));
	}

	private Look look(int sendId, Instant now) {
		return this.looks.compute(sendId, (id, known) -> {
			if (known != null && known.at.isAfter(now.minus(FRESH))) {
				return known;
			}
			SendPace pace = (known != null) ? known.pace : new SendPace();
			DeliveryCounts counts = this.ledger.countsOfSend(id);
			pace.saw(now, counts.settled());
			return new Look(now, counts, pace);
		});
	}

	/** Asked for only where nothing moves. */
	private Instant nextDue(Send send, Look look, Instant now) {
		boolean still = send.status() == SendStatus.RUNNING && send.audience() != null && look.pace.perSecond() == 0;
		return still ? this.ledger.nextDue(send.id()).orElse(now) : now;
	}

	private record Look(Instant at, DeliveryCounts counts, SendPace pace) {
	}

}
