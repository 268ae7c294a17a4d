package dev.herald.segment;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A part of a newsletter's subscriptions, by conditions.
 *
 * @param key names it in addresses and commands, unique in its newsletter
 * @param name for people
 */
public record Segment(int id, int newsletterId, String key, String name, Tree tree, Instant changedAt) {

	public static final int LONGEST_NAME = 200;

	/**
	 * @param segment null: all subscriptions
	 * @return null where it is
	 */
	public static @Nullable Tree treeOf(@Nullable Segment segment) {
		return (segment != null) ? segment.tree() : null;
	}

	/** Another after every change of its name or its tree; in hex. */
	public String state() {
		return TreeJson.digest(this.name + '\n' + TreeJson.write(this.tree));
	}

	/** The same for the same tree, whatever the segment is called. */
	public String digest() {
		return TreeJson.digest(this.tree);
	}

}
