package dev.herald.render;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;

/**
 * What the plain text template can call: {@code wrap(text)} for a paragraph that flows
 * and {@code underline(text)} for a title.
 */
final class TextLayout {

	private final Columns columns;

	TextLayout(Locale language) {
		this.columns = new Columns(language);
	}

	Map<String, TemplateMethodModelEx> functions() {
		return Map.of("wrap", (arguments) -> laid(arguments, this::wrap), "underline",
				(arguments) -> laid(arguments, this::underline));
	}

	private static Object laid(List<?> arguments, UnaryOperator<String> layout) throws TemplateModelException {
		if (arguments.size() != 1) {
			throw new TemplateModelException("wrap and underline take one text");
		}
		return (arguments.get(0) instanceof SlotText differing) ? differing.map(layout)
				: layout.apply(String.valueOf(arguments.get(0)));
	}

	private String wrap(String text) {
		return this.columns.flow(text, Columns.WIDTH)
			.stream()
			.map(FlowedText::stuffed)
			.collect(Collectors.joining("\n"));
	}

	private String underline(String text) {
		List<String> lines = this.columns.wrap(text, Columns.WIDTH);
		int width = lines.stream().mapToInt(this.columns::width).max().orElse(0);
		return lines.stream().map(FlowedText::stuffed).collect(Collectors.joining("\n")) + "\n" + "=".repeat(width);
	}

}
