package dev.herald.probe;

import java.net.URI;

import dev.herald.picture.PictureSize;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an address after it was asked. Reasons are sentences without an end.
 */
public sealed interface Answer {

	/**
	 * @param movedTo where it leads for good (301, 308); null where it leads nowhere, or
	 * for now only
	 * @param picture null where none was asked for
	 */
	record Present(@Nullable URI movedTo, @Nullable Picture picture) implements Answer {
	}

	/** A server says that there is nothing (404), or nothing any more (410). */
	record Gone(int status) implements Answer {
	}

	/** No server says anything that could be shown. */
	record Unreachable(Sentence reason) implements Answer {
	}

	/** A server answers, and not whether the page is there. */
	record Unknown(Sentence reason) implements Answer {
	}

	/** Out of caution, or because the time was over. */
	record NotAsked(Sentence reason) implements Answer {
	}

	/**
	 * @param type as its server names it, in lower case; empty where it does not
	 * @param octets -1 where its server does not say
	 * @param size null where the first octets don't tell
	 */
	record Picture(String type, long octets, @Nullable PictureSize size) {
	}

}
