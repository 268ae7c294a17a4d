package dev.herald.webhook;

import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Of relays; tells of their mails by HTTP. Thread-safe. */
interface Provider {

	/** The end of its address here: /webhooks/KEY. */
	String key();

	/** As people know it. */
	String name();

	/** Whether there is something to know it by. */
	boolean configured();

	/**
	 * Asks who sent it, before anything of it is believed.
	 * @throws JacksonException where it can't be read
	 */
	Opened open(WebhookRequest request);

	/**
	 * Reads an event. What is missing or of another type than documented counts as empty.
	 * @return empty where it says nothing that Herald keeps
	 */
	Optional<Told> read(JsonNode event);

}
