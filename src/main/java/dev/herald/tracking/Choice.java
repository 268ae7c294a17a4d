package dev.herald.tracking;

import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What the unsubscribe page offers. */
public enum Choice {

	UNSUBSCRIBE(null),

	/** From all newsletters of this installation. */
	UNSUBSCRIBE_ALL(null),

	PAUSE_2_WEEKS(Period.ofWeeks(2)), PAUSE_1_MONTH(Period.ofMonths(1)), PAUSE_3_MONTHS(Period.ofMonths(3)),

	/** Ends a pause. */
	RESUME(null),

	/** Consents to being tracked. */
	ALLOW_TRACKING(null),

	/** Takes that consent back. */
	REFUSE_TRACKING(null);

	private final @Nullable Period pause;

	Choice(@Nullable Period pause) {
		this.pause = pause;
	}

	/** Empty where it is no pause. */
	public Optional<Period> pause() {
		return Optional.ofNullable(this.pause);
	}

	/** Whether it leaves the subscription as it is. */
	boolean isOfTracking() {
		return this == ALLOW_TRACKING || this == REFUSE_TRACKING;
	}

	public static List<Choice> pauses() {
		return Arrays.stream(values()).filter((choice) -> choice.pause != null).toList();
	}

	/** As a form and the words on the page have it: {@code pause-2-weeks}. */
	public String key() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	public static Optional<Choice> ofKey(String key) {
		return Arrays.stream(values()).filter((choice) -> choice.key().equals(key)).findFirst();
	}

}
