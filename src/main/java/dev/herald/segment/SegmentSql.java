package dev.herald.segment;

import java.util.Map;

/**
 * A tree as a condition of SQL, never NULL, over {@code subscription p} and its
 * {@code subscriber s}. Every value of the tree is bound, by a name that begins with
 * "segment".
 */
public record SegmentSql(String condition, Map<String, Object> values) {

	public SegmentSql {
		values = Map.copyOf(values);
	}

}
