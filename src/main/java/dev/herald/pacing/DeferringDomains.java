package dev.herald.pacing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.problem.Sentence;

/**
 * The domains without a provider that defer: a run of the same deferral puts off the
 * domain for a quiet while, each further one for twice as long, up to an hour or that
 * while. Not safe for use between threads; {@link ProviderPace} has the lock.
 */
final class DeferringDomains {

	/**
	 * About 2 MB, however many domains defer. The one that was idle longest is forgotten.
	 */
	static final int MAX_REMEMBERED = 10_000;

	private static final Duration LONGEST = Duration.ofHours(1);

	private PacingSettings.SlowDown settings;

	private final Map<String, Run> runs = new LinkedHashMap<>(16, 0.75f, true) {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Run> eldest) {
			return size() > MAX_REMEMBERED;
		}
	};

	DeferringDomains(PacingSettings.SlowDown settings) {
		this.settings = settings;
	}

	void set(PacingSettings.SlowDown settings) {
		this.settings = settings;
	}

	void accepted(String domain) {
		this.runs.remove(domain);
	}

	void deferred(String domain, String likeness, long now) {
		Run before = this.runs.get(domain);
		if (before != null && before.times() > 0 && now - before.until() < 0) {
			return;
		}
		Run same = (before != null && before.likeness().equals(likeness)) ? before : new Run(likeness, 0, 0, now);
		int length = same.length() + 1;
		if (length < this.settings.deferrals()) {
			this.runs.put(domain, new Run(likeness, length, same.times(), now));
			return;
		}
		this.runs.put(domain, new Run(likeness, 0, same.times() + 1, now + pause(same.times()).toNanos()));
	}

	private Duration pause(int times) {
		Duration quiet = this.settings.quiet();
		Duration longest = (quiet.compareTo(LONGEST) > 0) ? quiet : LONGEST;
		Duration pause = quiet.multipliedBy(1L << Math.min(times, 20));
		return (pause.compareTo(longest) < 0) ? pause : longest;
	}

	Duration holdOff(String domain, long now) {
		Run run = this.runs.get(domain);
		return (run == null || run.times() == 0) ? Duration.ZERO : Duration.ofNanos(Math.max(0, run.until() - now));
	}

	Optional<Sentence> state(long now) {
		List<Map.Entry<String, Run>> held = this.runs.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().times() > 0 && entry.getValue().until() - now > 0)
			.toList();
		if (held.isEmpty()) {
			return Optional.empty();
		}
		Map.Entry<String, Run> last = held.get(held.size() - 1);
		return Optional.of(Sentence.of("pacing.put-off", last.getKey(), held.size() - 1,
				Wording.duration(Duration.ofNanos(last.getValue().until() - now)),
				Wording.reply(last.getValue().likeness())));
	}

	/**
	 * @param length of the run so far
	 * @param times how often it was put off for this likeness
	 * @param until when it is put off, where it was; else when it deferred last
	 */
	private record Run(String likeness, int length, int times, long until) {
	}

}
