package dev.herald.delivery;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

import dev.herald.segment.Segment;
import org.jspecify.annotations.Nullable;

/**
 * When a send is to go out, and to whom.
 *
 * @param dueAt now or earlier: at once. Not looked at where there is a local time
 * @param zone in which that time was chosen; also of readers whose zone is not known
 * @param localAt the time of each reader's own clock at which they get it; null: all at
 * dueAt
 * @param undoable whether nothing leaves before the undo window is over
 * @param segment as it is now; null: all subscriptions
 */
public record SendPlan(Instant dueAt, ZoneId zone, @Nullable LocalDateTime localAt, boolean undoable,
		@Nullable Segment segment) {

	/** To all. */
	public SendPlan(Instant dueAt, ZoneId zone, @Nullable LocalDateTime localAt, boolean undoable) {
		this(dueAt, zone, localAt, undoable, null);
	}

	/** At one instant, and no time to undo it. */
	public static SendPlan at(Instant dueAt, ZoneId zone) {
		return new SendPlan(dueAt, zone, null, false);
	}

	/**
	 * @param only null: to all
	 */
	public SendPlan to(@Nullable Segment only) {
		return new SendPlan(this.dueAt, this.zone, this.localAt, this.undoable, only);
	}

}
