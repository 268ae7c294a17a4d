package dev.herald.render;

import org.jspecify.annotations.Nullable;

/** How a value is written where its slot is. */
enum Escape {

	/** In plain text. */
	NONE('p'),

	/** As FreeMarker writes HTML; in comments and scripts it stays so. */
	TEMPLATE('c'),

	/** As jsoup writes the text of an element. */
	TEXT('t'),

	/** As jsoup writes an attribute. */
	ATTRIBUTE('a');

	private final char sign;

	Escape(char sign) {
		this.sign = sign;
	}

	char sign() {
		return this.sign;
	}

	String apply(String value) {
		if (this == NONE || value.chars().allMatch(Escape::isPlain)) {
			return value;
		}
		StringBuilder out = new StringBuilder(value.length() + 16);
		for (int i = 0; i < value.length(); i++) {
			String entity = entity(value.charAt(i));
			if (entity != null) {
				out.append(entity);
			}
			else {
				out.append(value.charAt(i));
			}
		}
		return out.toString();
	}

	private static boolean isPlain(int c) {
		return c != '&' && c != '<' && c != '>' && c != '"' && c != '\'' && c != '\u00A0';
	}

	private @Nullable String entity(char c) {
		return switch (c) {
			case '&' -> "&amp;";
			case '<' -> "&lt;";
			case '>' -> "&gt;";
			case '"' -> (this == TEXT) ? null : "&quot;";
			case '\'' -> (this == TEMPLATE) ? "&#39;" : null;
			case '\u00A0' -> (this == TEMPLATE) ? null : "&nbsp;";
			default -> null;
		};
	}

	static Escape of(char sign) {
		for (Escape escape : values()) {
			if (escape.sign == sign) {
				return escape;
			}
		}
		throw new IllegalArgumentException("No escape has the sign " + sign);
	}

	static boolean isSign(char sign) {
		return sign == 'p' || sign == 'c' || sign == 't' || sign == 'a';
	}

}
