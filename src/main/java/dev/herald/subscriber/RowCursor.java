package dev.herald.subscriber;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** Reads a list row by row, holding one of them. Not thread-safe. */
interface RowCursor extends AutoCloseable {

	/** Null behind the last. */
	@Nullable RawRow next() throws IOException;

	/** Bytes of the file that are read. */
	long bytes();

	@Override
	void close() throws IOException;

}
