package dev.herald.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.delivery.DeliveryCounts;
import dev.herald.delivery.DeliveryState;
import dev.herald.delivery.Send;
import dev.herald.delivery.SendPace;
import dev.herald.delivery.SendTraffic;
import dev.herald.issue.Issue;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * A send at one moment, as a screen, as a line, and as JSON.
 *
 * @param counts of this send alone
 * @param pace null where it was looked at once
 */
record SendLook(Issue issue, Send send, DeliveryCounts counts, List<SendTraffic.Provider> providers,
		@Nullable SendPace pace, Instant at) {

	List<String> screen() {
		List<String> lines = new ArrayList<>();
		lines.add("%s: %s".formatted(this.issue.slug(), this.issue.title()));
		lines.add(sentence());
		lines.add(moving());
		for (DeliveryState state : DeliveryState.values()) {
			if (this.counts.of(state) > 0) {
				lines.add("  %-11s %,9d".formatted(name(state), this.counts.of(state)));
			}
		}
		lines.addAll(providerLines());
		return lines;
	}

	String line() {
		return "%s; %s".formatted(sentence(), moving());
	}

	String sentence() {
		Send.OfSegment segment = this.send.segment();
		return "send %d: %s%s%s%s".formatted(this.send.id(), this.send.status().inWords(),
				this.send.rehearsal() ? ", a rehearsal" : "",
				(segment != null) ? ", to the segment " + segment.key() : "",
				(this.send.reason() == null) ? "" : " (" + this.send.reason() + ")");
	}

	private String moving() {
		String settled = "%,d of %,d settled".formatted(this.counts.settled(), recipients());
		SendPace known = this.pace;
		if (known == null || over()) {
			return settled;
		}
		return settled + ", %,.0f a second, ".formatted(known.perSecond())
				+ known.timeFor(open())
					.map((time) -> SendPace.inWords(time) + " left")
					.orElse("nobody can tell how long it takes");
	}

	List<String> providerLines() {
		return this.providers.stream()
			.map((provider) -> "  %-14s %,7d waiting %,5d in flight %,9d accepted %,7d deferred %,7d rejected  %s"
				.formatted(provider.name(), provider.waiting(), provider.inFlight(), provider.accepted(),
						provider.deferred(), provider.rejected(), inEnglish(provider.state()))
				.stripTrailing())
			.toList();
	}

	private int recipients() {
		Send.Audience audience = this.send.audience();
		return (audience != null) ? Math.max(audience.recipients(), this.counts.recipients())
				: this.counts.recipients();
	}

	private int open() {
		return this.counts.recipients() - this.counts.settled();
	}

	boolean over() {
		return !this.send.status().isUnfinished();
	}

	/** The keys of the JSON in their fixed order. */
	Map<String, @Nullable Object> json() {
		Map<String, @Nullable Object> keys = new LinkedHashMap<>();
		keys.put("at", this.at);
		putSend(keys);
		keys.putAll(IssueStatus.counts(this.counts));
		SendPace known = this.pace;
		if (known != null) {
			keys.put("perSecond", Math.round(known.perSecond() * 10) / 10.0);
			keys.put("secondsLeft", over() ? null : known.timeFor(open()).map(Duration::toSeconds).orElse(null));
		}
		keys.put("providers", jsonProviders());
		return keys;
	}

	void putSend(Map<String, @Nullable Object> keys) {
		keys.put("send", this.send.id());
		keys.put("status", this.send.status().name().toLowerCase(Locale.ROOT));
		keys.put("reason", inEnglish(this.send));
		Send.OfSegment segment = this.send.segment();
		keys.put("segment", (segment != null) ? segment.key() : null);
		keys.put("olderVersion", this.send.status().isUnfinished() && this.send.versionId() != this.issue.versionId());
	}

	/** Why a send waits or is held; empty otherwise. */
	static String inEnglish(Send send) {
		return inEnglish(send.reason());
	}

	private static String inEnglish(@Nullable Sentence sentence) {
		return (sentence != null) ? sentence.toString() : "";
	}

	List<Map<String, Object>> jsonProviders() {
		return this.providers.stream().map(SendLook::json).toList();
	}

	private static Map<String, Object> json(SendTraffic.Provider provider) {
		Map<String, Object> keys = new LinkedHashMap<>();
		keys.put("name", provider.name());
		keys.put("waiting", provider.waiting());
		keys.put("inFlight", provider.inFlight());
		keys.put("accepted", provider.accepted());
		keys.put("deferred", provider.deferred());
		keys.put("rejected", provider.rejected());
		keys.put("state", inEnglish(provider.state()));
		return keys;
	}

	private static String name(DeliveryState state) {
		return state.name().toLowerCase(Locale.ROOT);
	}

}
