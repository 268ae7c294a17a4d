package dev.herald.render;

import org.jspecify.annotations.Nullable;

/** The plain text part. */
final class TextFormat implements PartFormat {

	@Override
	public String template() {
		return "issue/text.ftl";
	}

	@Override
	public String subtype() {
		return "plain; " + FlowedText.PARAMETERS;
	}

	@Override
	public Escape templateEscape() {
		return Escape.NONE;
	}

	@Override
	public String printedSign() {
		return "'";
	}

	@Override
	public String finish(String output) {
		return output.strip() + "\n";
	}

	@Override
	public @Nullable SlottedText finish(String output, String nonce) {
		return SlottedText.of(finish(output), nonce);
	}

	@Override
	public String unsubscribeLine(String url, String word) {
		return "\n\n" + word + ": " + url + "\n";
	}

}
