package dev.herald.backup;

import java.util.List;
import java.util.Objects;

/** The last entry of a backup: what the others were, so that a part of it is no whole. */
record Contents(List<Entry> entries) {

	Contents {
		entries = List.copyOf(entries);
	}

	/**
	 * @param rows of a table; 0 of what is none
	 * @param sha256 of the entry as it is unpacked
	 */
	record Entry(String name, long rows, String sha256) {

		Entry {
			Objects.requireNonNull(name);
			Objects.requireNonNull(sha256);
		}
	}

}
