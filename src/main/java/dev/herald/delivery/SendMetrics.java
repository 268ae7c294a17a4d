package dev.herald.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import dev.herald.pacing.Provider;
import dev.herald.smtp.Relay;
import dev.herald.smtp.SendOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What delivery tells Micrometer: herald.deliveries counts outcomes by provider,
 * herald.smtp.transaction times MAIL to final reply by relay, herald.relay.connections
 * are those open now. No name or address of a person is in them. Thread-safe.
 */
@Component
class SendMetrics {

	private final MeterRegistry registry;

	private final Map<Key, Counter> outcomes = new ConcurrentHashMap<>();

	private final Map<String, Timer> transactions = new ConcurrentHashMap<>();

	private final Map<String, AtomicInteger> connections = new ConcurrentHashMap<>();

	SendMetrics(ObjectProvider<MeterRegistry> registry) {
		this.registry = registry.getIfAvailable(SimpleMeterRegistry::new);
	}

	void transmitted(Relay relay, Provider provider, SendOutcome outcome, long nanos) {
		this.outcomes.computeIfAbsent(new Key(outcomeName(outcome), provider.name()), this::counter).increment();
		this.transactions.computeIfAbsent(relay.name(), this::timer).record(Duration.ofNanos(nanos));
	}

	void connected(Relay relay) {
		open(relay).incrementAndGet();
	}

	void disconnected(Relay relay) {
		open(relay).decrementAndGet();
	}

	private AtomicInteger open(Relay relay) {
		return this.connections.computeIfAbsent(relay.name(), (name) -> this.registry.gauge("herald.relay.connections",
				java.util.List.of(io.micrometer.core.instrument.Tag.of("relay", name)), new AtomicInteger()));
	}

	private Counter counter(Key key) {
		return Counter.builder("herald.deliveries")
			.description("Messages by what the relay answered")
			.tag("outcome", key.outcome())
			.tag("provider", key.provider())
			.register(this.registry);
	}

	private Timer timer(String relay) {
		return Timer.builder("herald.smtp.transaction")
			.description("From MAIL to the reply after the final dot, with the wait for the limits")
			.tag("relay", relay)
			.publishPercentileHistogram()
			.register(this.registry);
	}

	private static String outcomeName(SendOutcome outcome) {
		if (outcome instanceof SendOutcome.Accepted) {
			return "accepted";
		}
		if (outcome instanceof SendOutcome.Deferred) {
			return "deferred";
		}
		if (outcome instanceof SendOutcome.Rejected) {
			return "rejected";
		}
		if (outcome instanceof SendOutcome.Uncertain) {
			return "uncertain";
		}
		return "not-handed-over";
	}

	private record Key(String outcome, String provider) {
	}

}
