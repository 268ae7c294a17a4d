package dev.herald.subscriber;

import java.util.List;

/** The columns of Herald's own exports. */
final class ListColumns {

	static final List<String> FIXED = List.of("email", "name", "state", "since", "paused_until", "zone", "language",
			"suppression", "suppressed_since", "suppression_why");

	/** In CSV each attribute is a column of its own. */
	static final String ATTRIBUTE_PREFIX = "attribute.";

	/** In JSON they are an object. */
	static final String ATTRIBUTES = "attributes";

	private ListColumns() {
	}

	/** Whether Herald wrote a file with this header: then values are taken exactly. */
	static boolean areOwn(List<String> header) {
		return header.contains("state") && header.contains("since") && header.contains("email")
				&& header.stream().allMatch((name) -> FIXED.contains(name) || name.startsWith(ATTRIBUTE_PREFIX));
	}

}
