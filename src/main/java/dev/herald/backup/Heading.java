package dev.herald.backup;

import java.time.Instant;
import java.util.Objects;

/**
 * The first entry of a backup.
 *
 * @param format of the file; one with a higher number can't be read
 * @param herald the version that wrote it
 * @param schema the newest migration of its tables
 * @param madeAt of which moment it is
 */
record Heading(int format, String herald, int schema, Instant madeAt) {

	static final int FORMAT = 1;

	Heading {
		Objects.requireNonNull(herald);
		Objects.requireNonNull(madeAt);
	}

}
