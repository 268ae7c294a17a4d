package dev.herald.delivery;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.herald.pacing.PacingSettings;
import dev.herald.pacing.ProviderSettings;
import dev.herald.smtp.Relay;
import dev.herald.smtp.Relays;
import org.jspecify.annotations.Nullable;

/** Settings as text, by the names that they have in the files. */
final class LimitValues {

	private final Map<String, String> values = new LinkedHashMap<>();

	private LimitValues() {
	}

	/** Empty texts stand for no limit. */
	static Map<String, String> of(SendSettings send, Relays relays) {
		LimitValues all = new LimitValues();
		relays.all().forEach(all::relay);
		all.send(send);
		all.pacing(send.pacing());
		send.pacing().providers().forEach(all::provider);
		return all.values;
	}

	private void relay(Relay relay) {
		String name = CurrentSettings.RELAY_PREFIX + relay.name() + ".";
		put(name + "weight", relay.weight());
		put(name + "rate", relay.rate());
		put(name + "connections", relay.connections());
	}

	private void send(SendSettings send) {
		put("rate", send.rate());
		put("newsletter-rate", send.newsletterRate());
		put("connections", send.connections());
		put("chunk-size", send.chunkSize());
		put("retry.first", send.retry().first());
		put("retry.longest", send.retry().longest());
		put("deadline", send.deadline());
		put("grace", send.grace());
		put("relay-retry-longest", send.relayRetryLongest());
	}

	private void pacing(PacingSettings pacing) {
		put(CurrentSettings.WARM_UP, WarmUpText.of(pacing.warmUp()));
		put("pacing.dns", pacing.dns());
		put("pacing.slow-down.deferrals", pacing.slowDown().deferrals());
		put("pacing.slow-down.floor", pacing.slowDown().floor());
		put("pacing.slow-down.quiet", pacing.slowDown().quiet());
		put("pacing.slow-down.step", pacing.slowDown().step());
		put("pacing.brake.rejected-share", pacing.brake().rejectedShare());
		put("pacing.brake.last-answers", pacing.brake().lastAnswers());
		put("pacing.brake.same-rejections", pacing.brake().sameRejections());
	}

	private void provider(String provider, ProviderSettings settings) {
		String name = "pacing.providers." + provider + ".";
		put(name + "rate", settings.rate());
		put(name + "connections", settings.connections());
		put(name + "messages-per-connection", settings.messagesPerConnection());
	}

	private void put(String name, @Nullable Object value) {
		this.values.put(name,
				(value instanceof Duration duration) ? text(duration) : (value != null) ? value.toString() : "");
	}

	/** In the largest unit that it is whole in: 1500ms, 90s, 5m, 24h. */
	private static String text(Duration duration) {
		long millis = duration.toMillis();
		if (millis % 1_000 != 0) {
			return millis + "ms";
		}
		if (millis % 60_000 != 0) {
			return duration.toSeconds() + "s";
		}
		return (millis % 3_600_000 != 0) ? duration.toMinutes() + "m" : duration.toHours() + "h";
	}

}
