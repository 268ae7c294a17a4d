package dev.herald.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import dev.herald.newsletter.Colour;
import dev.herald.newsletter.Font;
import dev.herald.newsletter.Logo;
import dev.herald.newsletter.Palette;
import dev.herald.newsletter.Theme;

/**
 * The fields of a newsletter's form that say how its mails look. An empty one is the
 * default.
 */
final class ThemeFields {

	private final NewsletterForm form;

	ThemeFields(NewsletterForm form) {
		this.form = form;
	}

	static Map<String, String> of(Theme theme) {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("accent", theme.light().accent().toString());
		fields.put("ink", theme.light().ink().toString());
		fields.put("paper", theme.light().paper().toString());
		fields.put("darkAccent", theme.dark().accent().toString());
		fields.put("darkInk", theme.dark().ink().toString());
		fields.put("darkPaper", theme.dark().paper().toString());
		fields.put("font", theme.font().toString());
		Logo logo = theme.logo();
		fields.put("logo", (logo != null) ? logo.url().toString() : "");
		fields.put("logoSize", (logo != null) ? logo.size() : "");
		fields.put("width", String.valueOf(theme.width()));
		fields.put("contents", String.valueOf(theme.contents()));
		return fields;
	}

	/** Of no use where the form has errors afterwards. */
	Theme theme() {
		Theme usual = Theme.DEFAULT;
		Palette light = new Palette(colour("accent", usual.light().accent()), colour("ink", usual.light().ink()),
				colour("paper", usual.light().paper()));
		Palette dark = new Palette(colour("darkAccent", usual.dark().accent()), colour("darkInk", usual.dark().ink()),
				colour("darkPaper", usual.dark().paper()));
		Font font = value("font", Font::of, usual.font());
		Logo logo = this.form.field("logo").isEmpty() ? null
				: this.form.parse("logo", (url) -> Logo.of(url, this.form.field("logoSize")));
		boolean contents = this.form.field("contents").equals("true");
		return value("width", (width) -> new Theme(light, dark, font, logo, Theme.width(width), contents),
				new Theme(light, dark, font, logo, usual.width(), contents));
	}

	private Colour colour(String field, Colour usual) {
		return value(field, Theme::colour, usual);
	}

	private <T> T value(String field, Function<String, T> parser, T usual) {
		T value = this.form.field(field).isEmpty() ? null : this.form.parse(field, parser);
		return (value != null) ? value : usual;
	}

}
