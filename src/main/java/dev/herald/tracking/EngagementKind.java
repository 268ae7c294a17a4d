package dev.herald.tracking;

/** What a reader does with an issue. Stored by name. */
public enum EngagementKind {

	OPEN, CLICK

}
