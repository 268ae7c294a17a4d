package dev.herald.segment;

import java.util.Map;

/**
 * A tree as a condition of SQL, never NULL, over {@code subscription p}. Every value of
 * the tree is bound, by a name that begins with "segment".
 */
public record SegmentSql(String condition, Map<String, Object> values) {

	/**
	 * The domain of a {@code subscriber s}; the keys are in lower case, with A-labels.
	 */
	public static final String DOMAIN = "SUBSTRING(s.match_key, LOCATE('@', s.match_key) + 1)";

	public SegmentSql {
		values = Map.copyOf(values);
	}

}
