package dev.herald.render;

import org.jspecify.annotations.Nullable;

/** What becomes of a template's output: plain text or HTML. Without state. */
interface PartFormat {

	/** Below templates/. */
	String template();

	/** Of the media type text, with its parameters but the charset. */
	String subtype();

	/** How the template escapes what it prints. */
	Escape templateEscape();

	/** What a placeholder's apostrophe is after that. */
	String printedSign();

	/** From the template's output to the part, whole. */
	String finish(String output);

	/**
	 * The same for an output whose placeholders have the sign of
	 * {@link #templateEscape()}; in the result they have that of where they are.
	 * @return null where a slot stands where its value could change more than itself
	 */
	@Nullable SlottedText finish(String output, String nonce);

	/** A way to unsubscribe, to put at the end of an output. */
	String unsubscribeLine(String url, String word);

}
