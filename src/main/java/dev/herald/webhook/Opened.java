package dev.herald.webhook;

import java.util.List;

import tools.jackson.databind.JsonNode;

/** What became of a request when it was asked who sent it. */
sealed interface Opened {

	/** The provider sent it. */
	record Events(List<JsonNode> events) implements Opened {
	}

	/**
	 * It doesn't prove that the provider sent it.
	 *
	 * @param why in words for the log; names no person and no secret
	 */
	record Unproven(String why) implements Opened {
	}

	/**
	 * That can't be told now: the provider should try again.
	 *
	 * @param why in words for the log
	 */
	record Undecided(String why) implements Opened {
	}

}
