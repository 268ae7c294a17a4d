package dev.herald.delivery;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.pacing.Providers;
import dev.herald.segment.MailProviders;
import dev.herald.settings.BatchFiles;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The providers of batch/send-issue.yaml, for segments. The file is read when they are
 * first asked for: few commands need it. Thread-safe.
 */
@Component
class SegmentProviders implements MailProviders {

	private final ObjectProvider<BatchFiles> files;

	private volatile @Nullable Map<String, MailProviders.Provider> known;

	SegmentProviders(ObjectProvider<BatchFiles> files) {
		this.files = files;
	}

	@Override
	public Map<String, MailProviders.Provider> all() {
		Map<String, MailProviders.Provider> providers = this.known;
		if (providers == null) {
			providers = Map
				.copyOf(read(new Providers(this.files.getObject().read(SendJob.NAME, SendSettings.class).pacing())));
			this.known = providers;
		}
		return providers;
	}

	private static Map<String, MailProviders.Provider> read(Providers providers) {
		Map<String, dev.herald.pacing.Provider> byDomain = providers.listed();
		Map<String, MailProviders.Provider> known = new TreeMap<>();
		for (dev.herald.pacing.Provider provider : providers.all()) {
			List<String> domains = byDomain.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().equals(provider))
				.map(Map.Entry::getKey)
				.sorted()
				.toList();
			known.put(provider.name(), new MailProviders.Provider(provider.code(), domains));
		}
		return known;
	}

}
