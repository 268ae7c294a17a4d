package dev.herald.render;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import dev.herald.newsletter.Logo;
import dev.herald.newsletter.Palette;
import dev.herald.newsletter.Theme;

/** A theme as templates see it. */
final class ThemeModel {

	private ThemeModel() {
	}

	/**
	 * @param language of the text, which its fonts go by
	 */
	static Map<String, Object> of(Theme theme, Locale language) {
		Map<String, Object> values = new LinkedHashMap<>(of(theme.light()));
		values.put("dark", of(theme.dark()));
		values.put("font", theme.font().css(language));
		values.put("width", theme.width());
		Logo logo = theme.logo();
		if (logo != null) {
			values.put("logo", Map.of("url", logo.url().toString(), "width", logo.width(), "height", logo.height()));
		}
		return values;
	}

	private static Map<String, Object> of(Palette palette) {
		return Map.of("accent", palette.accent().toString(), "ink", palette.ink().toString(), "paper",
				palette.paper().toString(), "muted", palette.muted().toString(), "quote", palette.quote().toString(),
				"line", palette.line().toString(), "block", palette.block().toString());
	}

}
