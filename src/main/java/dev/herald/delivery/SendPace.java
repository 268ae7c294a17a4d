package dev.herald.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How fast a send is, from what was settled at each look of the last ten seconds.
 * Thread-safe.
 */
public final class SendPace {

	private static final Duration SPAN = Duration.ofSeconds(10);

	private final Deque<Look> looks = new ArrayDeque<>();

	private record Look(Instant at, int settled) {
	}

	public synchronized void saw(Instant at, int settled) {
		this.looks.addLast(new Look(at, settled));
		while (this.looks.size() > 2 && this.looks.getFirst().at().isBefore(at.minus(SPAN))) {
			this.looks.removeFirst();
		}
	}

	/** Settled deliveries a second; 0 before the second look. */
	public synchronized double perSecond() {
		if (this.looks.size() < 2) {
			return 0;
		}
		Look first = this.looks.getFirst();
		Look last = this.looks.getLast();
		long millis = Math.max(Duration.between(first.at(), last.at()).toMillis(), 1);
		return Math.max(last.settled() - first.settled(), 0) * 1000.0 / millis;
	}

	/** How long so many take at this pace; empty while nothing moves. */
	public Optional<Duration> timeFor(int deliveries) {
		double pace = perSecond();
		return (pace > 0) ? Optional.of(Duration.ofMillis((long) (deliveries * 1000.0 / pace))) : Optional.empty();
	}

	/** "less than a minute", "about 7 minutes", "about 3 hours". */
	public static String inWords(Duration time) {
		long minutes = Math.round(time.toSeconds() / 60.0);
		if (time.toSeconds() < 60) {
			return "less than a minute";
		}
		if (minutes < 120) {
			return (minutes == 1) ? "about a minute" : "about " + minutes + " minutes";
		}
		return "about " + Math.round(minutes / 60.0) + " hours";
	}

}
