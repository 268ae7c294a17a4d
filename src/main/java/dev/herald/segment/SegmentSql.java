package dev.herald.segment;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A tree as a condition of SQL, never NULL, over {@code subscription p} and its
 * {@code subscriber s}. Every value of the tree is bound, by a name that begins with
 * "segment".
 */
public record SegmentSql(String condition, Map<String, Object> values) {

	/** A subscriber's domain; the keys are in lower case, with A-labels. */
	public static final String DOMAIN = "SUBSTRING(s.match_key, LOCATE('@', s.match_key) + 1)";

	/** The texts of a condition are ours: nothing of a tree stands in them. */
	private static final Pattern SUBSCRIBER = Pattern.compile("\\bs\\.");

	public SegmentSql {
		values = Map.copyOf(values);
	}

	/**
	 * Whether the subscriber has to be joined: where not, a count of a million reads a
	 * table less.
	 */
	public boolean asksSubscriber() {
		return SUBSCRIBER.matcher(this.condition).find();
	}

}
