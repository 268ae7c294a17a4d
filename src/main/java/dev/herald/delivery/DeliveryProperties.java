package dev.herald.delivery;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How processes share sends.
 *
 * @param lease after so long without a sign of life a process is taken for dead, and
 * another may go on with its send; 2 s to 5 min
 */
@ConfigurationProperties("herald.delivery")
record DeliveryProperties(@DefaultValue("15s") Duration lease) {

	private static final Duration SHORTEST = Duration.ofSeconds(2);

	private static final Duration LONGEST = Duration.ofMinutes(5);

	DeliveryProperties {
		if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("herald.delivery.lease must be from 2s to 5m");
		}
	}

	/** Between two signs of life. */
	Duration beat() {
		return this.lease.dividedBy(5);
	}

}
