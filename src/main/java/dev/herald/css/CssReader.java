package dev.herald.css;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.htmlunit.cssparser.parser.CSSParseException;
import org.htmlunit.cssparser.parser.HandlerBase;
import org.htmlunit.cssparser.parser.InputSource;
import org.htmlunit.cssparser.parser.LexicalUnit;
import org.htmlunit.cssparser.parser.Locator;
import org.htmlunit.cssparser.parser.javacc.CSS3Parser;
import org.htmlunit.cssparser.parser.media.MediaQuery;
import org.htmlunit.cssparser.parser.media.MediaQueryList;
import org.htmlunit.cssparser.parser.selector.SelectorList;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of what the parser reports. A browser skips what it does not understand;
 * here it is an error, since whoever wrote it would look for it in vain. For one text;
 * not thread-safe.
 */
final class CssReader extends HandlerBase {

	private final String css;

	private final List<StyleSheet.Part> parts = new ArrayList<>();

	private List<Declaration> declarations = new ArrayList<>();

	/** Of the media query that is open. */
	private @Nullable List<StyleSheet.Rule> inMedia;

	private CssReader(String css) {
		this.css = css;
	}

	static StyleSheet sheet(String css) {
		return new StyleSheet(List.copyOf(read(css, css)));
	}

	/**
	 * As a rule: the parser's grammar of a style attribute ends in silence at a brace.
	 */
	static Style style(String css) {
		List<StyleSheet.Part> parts = read("*{" + css + "}", css);
		if (parts.size() == 1 && parts.get(0) instanceof StyleSheet.Rule rule) {
			return rule.style();
		}
		throw new CssException("Error in style attribute.", 1, css);
	}

	private static List<StyleSheet.Part> read(String text, String css) {
		CssReader reader = new CssReader(css);
		CSS3Parser parser = new CSS3Parser();
		parser.setDocumentHandler(reader);
		parser.setErrorHandler(reader);
		try {
			parser.parseStyleSheet(new InputSource(new StringReader(text)));
		}
		catch (IOException ex) {
			throw new IllegalStateException("A string is read without errors", ex);
		}
		return reader.parts;
	}

	@Override
	public void property(String name, @Nullable LexicalUnit value, boolean important, Locator locator) {
		if (value != null) {
			this.declarations.add(Declaration.of(name, Values.text(value), important));
		}
	}

	@Override
	public void startSelector(SelectorList selectors, Locator locator) {
		this.declarations = new ArrayList<>();
	}

	@Override
	public void endSelector(SelectorList selectors) {
		StyleSheet.Rule rule = new StyleSheet.Rule(selectors.stream().map(Selector::of).toList(), style());
		if (this.inMedia != null) {
			this.inMedia.add(rule);
		}
		else {
			this.parts.add(rule);
		}
	}

	private Style style() {
		return new Style(List.copyOf(this.declarations));
	}

	@Override
	public void startMedia(MediaQueryList media, Locator locator) {
		this.inMedia = new ArrayList<>();
	}

	@Override
	public void endMedia(MediaQueryList media) {
		if (this.inMedia != null) {
			this.parts.add(new StyleSheet.Media(text(media), List.copyOf(this.inMedia)));
			this.inMedia = null;
		}
	}

	private static String text(MediaQueryList media) {
		return media.getMediaQueries().stream().map(CssReader::text).collect(Collectors.joining(","));
	}

	/** The parser's own text of it has the medium and nothing else. */
	private static String text(MediaQuery query) {
		String start = query.isOnly() ? "only " : query.isNot() ? "not " : "";
		Stream<String> features = query.getProperties()
			.stream()
			.map((feature) -> "("
					+ ((feature.getValue() != null) ? feature.getName() + ":" + feature.getValue() : feature.getName())
					+ ")");
		boolean implied = start.isEmpty() && query.getMedia().equals("all") && !query.getProperties().isEmpty();
		return Stream.concat(implied ? Stream.empty() : Stream.of(start + query.getMedia()), features)
			.collect(Collectors.joining(" and "));
	}

	@Override
	public void startFontFace(Locator locator) {
		this.declarations = new ArrayList<>();
	}

	@Override
	public void endFontFace() {
		this.parts.add(new StyleSheet.Other("@font-face{" + style() + "}"));
	}

	@Override
	public void startPage(@Nullable String name, @Nullable String pseudoPage, Locator locator) {
		this.declarations = new ArrayList<>();
	}

	@Override
	public void endPage(@Nullable String name, @Nullable String pseudoPage) {
		String which = ((name != null) ? " " + name : "") + ((pseudoPage != null) ? " :" + pseudoPage : "");
		this.parts.add(new StyleSheet.Other("@page" + which + "{" + style() + "}"));
	}

	@Override
	public void importStyle(String uri, @Nullable MediaQueryList media, @Nullable String namespace, Locator locator) {
		String query = (media != null && media.getLength() > 0) ? " " + text(media) : "";
		this.parts.add(new StyleSheet.Other("@import " + Values.quoted(uri) + query + ";"));
	}

	@Override
	public void ignorableAtRule(String rule, Locator locator) {
		this.parts.add(new StyleSheet.Other(rule.strip()));
	}

	@Override
	public void warning(CSSParseException ex) {
		// That it skips something: the error that made it do so comes first.
	}

	@Override
	public void error(CSSParseException ex) {
		throw CssException.of(ex, this.css);
	}

	@Override
	public void fatalError(CSSParseException ex) {
		throw CssException.of(ex, this.css);
	}

}
