package dev.herald.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;

/**
 * When a send is to go out.
 *
 * @param dueAt now or earlier: at once. Not looked at where there is a local time
 * @param zone in which that time was chosen; also of readers whose zone is not known
 * @param localAt the time of each reader's own clock at which they get it; null: all at
 * dueAt
 * @param undoable whether nothing leaves before the undo window is over
 */
public record SendPlan(Instant dueAt, ZoneId zone, @Nullable LocalDateTime localAt, boolean undoable) {

	/** At one instant, and no time to undo it. */
	public static SendPlan at(Instant dueAt, ZoneId zone) {
		return new SendPlan(dueAt, zone, null, false);
	}

}
