package dev.herald.notice;

import java.util.Optional;

import dev.herald.render.OutgoingMessage;

/**
 * Writes the notices of one kind, when they leave. Asked again for each attempt at a
 * notice, it decides anew and writes the same mail for the same state of things. A bean
 * of each module that has notices; thread-safe.
 */
public interface NoticeWriter {

	/** At most 32 characters; stored. */
	String kind();

	/**
	 * @param about as it was queued
	 * @return empty where there is nothing to say any more
	 */
	Optional<OutgoingMessage> write(long about);

}
