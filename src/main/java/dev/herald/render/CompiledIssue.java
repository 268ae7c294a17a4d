package dev.herald.render;

/**
 * One issue, ready to be rendered for any recipient. Immutable; shared by all threads of
 * a send.
 */
public interface CompiledIssue {

	String subject();

	/**
	 * The whole message, as it goes out: the preview and the send call this same method.
	 */
	OutgoingMessage message(Recipient recipient);

	/** The HTML part of {@link #message}, before transfer encoding. */
	String html(Recipient recipient);

	/** The plain text part of {@link #message}, before transfer encoding. */
	String text(Recipient recipient);

}
