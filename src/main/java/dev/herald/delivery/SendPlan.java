package dev.herald.delivery;

import java.time.Instant;
import java.time.ZoneId;

/**
 * When a send is to go out.
 *
 * @param dueAt now or earlier: at once
 * @param zone in which that time was chosen
 * @param undoable whether nothing leaves before the undo window is over
 */
public record SendPlan(Instant dueAt, ZoneId zone, boolean undoable) {
}
