package dev.herald.css;

import java.util.List;
import java.util.stream.Collectors;

/** The declarations of a style attribute or of a rule, in their order. Immutable. */
public record Style(List<Declaration> declarations) {

	/**
	 * @throws CssException when it is not CSS
	 */
	public static Style of(String css) {
		return css.isBlank() ? new Style(List.of()) : CssReader.style(css);
	}

	/** Without a space that is not needed. */
	@Override
	public String toString() {
		return this.declarations.stream().map(Declaration::toString).collect(Collectors.joining(";"));
	}

}
