package dev.herald.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.herald.pacing.MailGate;
import dev.herald.pacing.OptionalLimit;
import dev.herald.pacing.PacingSettings;
import dev.herald.pacing.Provider;
import dev.herald.pacing.ProviderPace;
import dev.herald.pacing.ProviderPaces;
import dev.herald.pacing.Providers;

/**
 * The limits that bind this process's messages: of the installation, of newsletters, of
 * providers. They are the installation's: each of several processes takes its part.
 * Thread-safe.
 */
final class Traffic {

	private final MailGate gate = new MailGate();

	private final Providers providers;

	private final ProviderPaces paces;

	private final CurrentSettings settings;

	private final OptionalLimit installation;

	private final Map<Integer, OptionalLimit> newsletters = new ConcurrentHashMap<>();

	private volatile int processes = 1;

	Traffic(CurrentSettings settings) {
		PacingSettings pacing = settings.send().pacing();
		this.settings = settings;
		this.providers = new Providers(pacing);
		this.paces = new ProviderPaces(this.providers, pacing.slowDown());
		this.installation = new OptionalLimit(settings.send().rate());
		settings.whenChanged(this::follow);
	}

	private void follow() {
		SendSettings now = this.settings.send();
		this.installation.set(now.rate());
		this.newsletters.values().forEach((limit) -> limit.set(now.newsletterRate()));
		this.paces.set(now.pacing());
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
			return new Lane(send, new ProviderPace(new Provider(provider.code(), provider.name(), null, null, null),
					this.settings.send().pacing().slowDown()), List.of());
		}
		OptionalLimit ofNewsletter = this.newsletters.computeIfAbsent(send.newsletterId(), (id) -> newsletter());
		return new Lane(send, this.paces.ofCode(providerCode), List.of(this.installation, ofNewsletter));
	}

	private OptionalLimit newsletter() {
		OptionalLimit limit = new OptionalLimit(this.settings.send().newsletterRate());
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
		this.installation.share(count);
	}

}
