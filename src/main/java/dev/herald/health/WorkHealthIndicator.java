package dev.herald.health;

import dev.herald.health.Condition.Level;
import dev.herald.settings.NeedsBatch;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * For monitoring: a status, and nothing besides. It does not count in /actuator/health,
 * which says whether to start this server anew; a relay that is down is no reason for
 * that.
 */
@Component("herald")
@NeedsBatch
class WorkHealthIndicator implements HealthIndicator {

	/** Something is wrong; in the order of application.yaml it comes after UP. */
	private static final Status ATTENTION = new Status("ATTENTION");

	private final Checkup checkup;

	WorkHealthIndicator(Checkup checkup) {
		this.checkup = checkup;
	}

	@Override
	public Health health() {
		boolean bad = Checkup.worst(this.checkup.lately()) == Level.BAD;
		return Health.status(bad ? ATTENTION : Status.UP).build();
	}

}
