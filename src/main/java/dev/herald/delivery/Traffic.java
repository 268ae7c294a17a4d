package dev.herald.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.herald.pacing.MailGate;
import dev.herald.pacing.PacingSettings;
import dev.herald.pacing.Provider;
import dev.herald.pacing.ProviderPace;
import dev.herald.pacing.ProviderPaces;
import dev.herald.pacing.Providers;
import dev.herald.pacing.Rate;
import dev.herald.pacing.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * The limits that bind this process's messages: of the installation, of newsletters, of
 * providers. They are the installation's: each of several processes takes its part.
 * Thread-safe.
 */
final class Traffic {

	private final MailGate gate = new MailGate();

	private final Providers providers;

	private final ProviderPaces paces;

	private final PacingSettings.SlowDown slowDown;

	private final @Nullable RateLimit installation;

	private final @Nullable Rate newsletterRate;

	private final Map<Integer, RateLimit> newsletters = new ConcurrentHashMap<>();

	private volatile int processes = 1;

	Traffic(SendSettings settings) {
		PacingSettings pacing = settings.pacing();
		this.providers = new Providers(pacing);
		this.slowDown = pacing.slowDown();
		this.paces = new ProviderPaces(this.providers, pacing.slowDown());
		this.installation = (settings.rate() != null) ? new RateLimit(settings.rate()) : null;
		this.newsletterRate = settings.newsletterRate();
	}

	MailGate gate() {
		return this.gate;
	}

	Providers providers() {
		return this.providers;
	}

	Lane lane(ActiveSend send, int providerCode) {
		if (send.send().rehearsal()) {
			Provider provider = this.providers.ofCode(providerCode);
			return new Lane(send,
					new ProviderPace(new Provider(provider.code(), provider.name(), null, null, null), this.slowDown),
					List.of());
		}
		List<RateLimit> limits = new ArrayList<>();
		if (this.installation != null) {
			limits.add(this.installation);
		}
		if (this.newsletterRate != null) {
			limits.add(this.newsletters.computeIfAbsent(send.newsletterId(), (id) -> limit(this.newsletterRate)));
		}
		return new Lane(send, this.paces.ofCode(providerCode), limits);
	}

	private RateLimit limit(Rate rate) {
		RateLimit limit = new RateLimit(rate);
		limit.share(this.processes);
		return limit;
	}

	int processes() {
		return this.processes;
	}

	/** So many processes of this installation send now. */
	void share(int count) {
		if (count == this.processes) {
			return;
		}
		this.processes = count;
		this.paces.share(count);
		this.newsletters.values().forEach((limit) -> limit.share(count));
		if (this.installation != null) {
			this.installation.share(count);
		}
	}

}
