package dev.herald.render;

import java.io.IOException;
import java.io.Writer;

import freemarker.core.MarkupOutputFormat;
import freemarker.template.TemplateModelException;

/**
 * Makes FreeMarker print the placeholders of a {@link SlotText}: as plain text, so that
 * they are escaped as the values would be.
 */
final class SlotFormat extends MarkupOutputFormat<SlotText> {

	static final SlotFormat INSTANCE = new SlotFormat();

	private SlotFormat() {
	}

	@Override
	public String getName() {
		return "slot";
	}

	@Override
	public String getMimeType() {
		return "text/plain";
	}

	@Override
	public SlotText fromPlainTextByEscaping(String text) {
		return SlotText.same(text);
	}

	@Override
	public SlotText fromMarkup(String text) {
		return SlotText.same(text);
	}

	@Override
	public void output(SlotText text, Writer out) throws IOException {
		out.write(text.printed());
	}

	@Override
	public void output(String text, Writer out) throws IOException {
		out.write(text);
	}

	@Override
	public String getSourcePlainText(SlotText text) {
		return text.printed();
	}

	@Override
	public String getMarkupString(SlotText text) {
		return text.printed();
	}

	@Override
	public SlotText concat(SlotText left, SlotText right) {
		return left.concat(right);
	}

	@Override
	public String escapePlainText(String text) {
		return text;
	}

	@Override
	public boolean isEmpty(SlotText text) {
		return text.getAsString().isEmpty();
	}

	@Override
	public boolean isLegacyBuiltInBypassed(String name) throws TemplateModelException {
		return false;
	}

	@Override
	public boolean isOutputFormatMixingAllowed() {
		return false;
	}

	@Override
	public boolean isAutoEscapedByDefault() {
		return false;
	}

}
