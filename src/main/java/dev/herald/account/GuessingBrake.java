package dev.herald.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * Slows down who guesses passwords: after {@value #FREE_PER_ACCOUNT} failures for one
 * account from one client address, or {@value #FREE_PER_CLIENT} from one client address
 * for any, each further failure doubles a pause, from one second to
 * {@value #MAX_PAUSE_SECONDS}. In memory, for this process; a good sign-in clears it for
 * that account. Thread-safe.
 */
@Component
public class GuessingBrake {

	static final int FREE_PER_ACCOUNT = 5;

	static final int FREE_PER_CLIENT = 50;

	static final int MAX_PAUSE_SECONDS = 900;

	/** A few MB at most, however many addresses somebody guesses from. */
	private static final int MAX_REMEMBERED = 10_000;

	private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

	private final Clock clock;

	private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
			return size() > MAX_REMEMBERED;
		}
	};

	GuessingBrake(Clock clock) {
		this.clock = clock;
	}

	/** How long this client has to wait before it may try this account; empty: not. */
	public synchronized Optional<Duration> pause(String client, String account) {
		Instant now = this.clock.instant();
		Instant until = later(until(pairKey(client, account), FREE_PER_ACCOUNT), until(client, FREE_PER_CLIENT));
		return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
	}

	public synchronized void failed(String client, String account) {
		Instant now = this.clock.instant();
		count(pairKey(client, account), now);
		count(client, now);
	}

	public synchronized void succeeded(String client, String account) {
		this.failures.remove(pairKey(client, account));
	}

	private void count(String key, Instant now) {
		Failures before = this.failures.get(key);
		boolean fresh = before == null || before.last().plus(FORGOTTEN_AFTER).isBefore(now);
		this.failures.put(key, new Failures(fresh || before == null ? 1 : before.count() + 1, now));
	}

	private Instant until(String key, int free) {
		Failures known = this.failures.get(key);
		if (known == null || known.count() < free) {
			return Instant.MIN;
		}
		long seconds = Math.min(MAX_PAUSE_SECONDS, 1L << Math.min(20, known.count() - free));
		return known.last().plusSeconds(seconds);
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	/** Long names are cut: what is typed there is anybody's. */
	private static String pairKey(String client, String account) {
		String name = account.strip().toLowerCase(Locale.ROOT);
		return client + ' ' + name.substring(0, Math.min(320, name.length()));
	}

	private record Failures(int count, Instant last) {
	}

}
