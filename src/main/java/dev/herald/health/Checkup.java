package dev.herald.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.herald.health.Condition.Area;
import dev.herald.health.Condition.Level;
import dev.herald.settings.NeedsBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Looks at everything that Herald needs. Relays and mailboxes are connected to at most
 * twice a minute, whoever asks. Thread-safe.
 */
@NeedsBatch
@Component
public class Checkup {

	/** What was seen outside is good for so long, where somebody looks. */
	private static final Duration FRESH = Duration.ofSeconds(30);

	/** And for so long where it is only mentioned. */
	private static final Duration FRESH_ENOUGH = Duration.ofMinutes(2);

	private static final Logger logger = LoggerFactory.getLogger(Checkup.class);

	private final DatabaseCheck database;

	private final DiskCheck disk;

	private final QueueCheck queue;

	private final OutsideCheck outside;

	private final Clock clock;

	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile Seen seen = new Seen(Instant.EPOCH, List.of());

	Checkup(DatabaseCheck database, DiskCheck disk, QueueCheck queue, OutsideCheck outside, Clock clock) {
		this.database = database;
		this.disk = disk;
		this.queue = queue;
		this.outside = outside;
		this.clock = clock;
	}

	/**
	 * The worst first of each area. Blocks for some seconds where something is silent.
	 */
	public List<Condition> now() {
		List<Condition> near = near();
		lookOutside(FRESH);
		return sorted(near, this.seen.conditions());
	}

	/**
	 * With what is known of relays and mailboxes. Waits for none of them; where that is
	 * old, they are looked at in the background.
	 */
	public List<Condition> lately() {
		List<Condition> near = near();
		if (isOlder(FRESH_ENOUGH) && this.looking.compareAndSet(false, true)) {
			Future<?> unused = CompletableFuture.runAsync(() -> {
				try {
					lookOutside(FRESH_ENOUGH);
				}
				finally {
					this.looking.set(false);
				}
			});
		}
		return sorted(near, this.seen.conditions());
	}

	/** The level of the worst. */
	public static Level worst(List<Condition> conditions) {
		return conditions.stream().map(Condition::level).max(Comparator.naturalOrder()).orElse(Level.GOOD);
	}

	private boolean isOlder(Duration age) {
		return this.seen.at().plus(age).isBefore(this.clock.instant());
	}

	private synchronized void lookOutside(Duration age) {
		if (isOlder(age)) {
			try {
				this.seen = new Seen(this.clock.instant(), this.outside.look());
			}
			catch (RuntimeException ex) {
				logger.warn("Relays and mailboxes could not be looked at", ex);
				this.seen = new Seen(this.clock.instant(),
						List.of(Condition.bad(Area.RELAYS, "health.fault", ex.toString())));
			}
		}
	}

	/** What is asked of a database that is away would only wait for it. */
	private List<Condition> near() {
		List<Condition> conditions = new ArrayList<>();
		conditions.add(this.disk.look());
		try {
			List<Condition> ofDatabase = this.database.look();
			conditions.addAll(ofDatabase);
			if (worst(ofDatabase.subList(0, 1)) != Level.BAD) {
				conditions.addAll(this.queue.look());
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The queue could not be looked at", ex);
			conditions.add(Condition.bad(Area.QUEUE, "health.fault", ex.toString()));
		}
		return conditions;
	}

	private static List<Condition> sorted(List<Condition> near, List<Condition> outside) {
		List<Condition> all = new ArrayList<>(near);
		all.addAll(outside);
		all.sort(Comparator.comparing(Condition::area).thenComparing(Condition::level, Comparator.reverseOrder()));
		return List.copyOf(all);
	}

	private record Seen(Instant at, List<Condition> conditions) {
	}

}
