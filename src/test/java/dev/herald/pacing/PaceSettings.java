package dev.herald.pacing;

import java.time.Duration;

/** The defaults. */
final class PaceSettings {

	static final PacingSettings.SlowDown SLOW_DOWN = new PacingSettings.SlowDown(10, Rate.of("10/m"),
			Duration.ofMinutes(5), new Percent(10));

	static final PacingSettings.BrakeSettings BRAKE = new PacingSettings.BrakeSettings(new Percent(20), 200, 5);

	private PaceSettings() {
	}

}
