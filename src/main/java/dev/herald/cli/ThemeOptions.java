package dev.herald.cli;

import dev.herald.newsletter.Colour;
import dev.herald.newsletter.Font;
import dev.herald.newsletter.Logo;
import dev.herald.newsletter.Palette;
import dev.herald.newsletter.Theme;
import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a newsletter's mails look: what is not given stays as it is. */
final class ThemeOptions {

	@Option(names = "--accent", paramLabel = "COLOUR", description = "Of links, such as '#7a2e1d'.")
	private @Nullable String accent;

	@Option(names = "--ink", paramLabel = "COLOUR", description = "Of the text.")
	private @Nullable String ink;

	@Option(names = "--paper", paramLabel = "COLOUR", description = "Of the ground.")
	private @Nullable String paper;

	@Option(names = "--dark-accent", paramLabel = "COLOUR", description = "Of links in dark mode.")
	private @Nullable String darkAccent;

	@Option(names = "--dark-ink", paramLabel = "COLOUR", description = "Of the text in dark mode.")
	private @Nullable String darkInk;

	@Option(names = "--dark-paper", paramLabel = "COLOUR", description = "Of the ground in dark mode.")
	private @Nullable String darkPaper;

	@Option(names = "--font", paramLabel = "NAMES", description = "sans, serif, or names such as 'Avenir Next, serif'.")
	private @Nullable String font;

	@Option(names = "--logo", paramLabel = "URL", description = "A picture in place of the newsletter's name.")
	private @Nullable String logo;

	@Option(names = "--logo-size", paramLabel = "WxH", description = "Its size as it is shown, in px, such as 120x40.")
	private @Nullable String logoSize;

	@Option(names = "--width", paramLabel = "PX", description = "Of the column of text, 480 to 720; default: 600.")
	private @Nullable String width;

	@Option(names = "--contents", negatable = true,
			description = "Whether a table of contents stands before the sections; default: none.")
	private @Nullable Boolean contents;

	Theme over(Theme now) {
		return new Theme(palette(this.accent, this.ink, this.paper, now.light(), Theme.DEFAULT.light()),
				palette(this.darkAccent, this.darkInk, this.darkPaper, now.dark(), Theme.DEFAULT.dark()),
				NewsletterOptions.given(this.font, Font::of, now.font(), Font.SANS), logo(now.logo()),
				NewsletterOptions.given(this.width, Theme::width, now.width(), Theme.DEFAULT.width()),
				(this.contents != null) ? this.contents : now.contents());
	}

	private static Palette palette(@Nullable String accent, @Nullable String ink, @Nullable String paper, Palette now,
			Palette otherwise) {
		return new Palette(colour(accent, now.accent(), otherwise.accent()), colour(ink, now.ink(), otherwise.ink()),
				colour(paper, now.paper(), otherwise.paper()));
	}

	private static Colour colour(@Nullable String given, Colour now, Colour otherwise) {
		return NewsletterOptions.given(given, Theme::colour, now, otherwise);
	}

	/** A new picture needs a size of its own; a new size keeps the picture. */
	private @Nullable Logo logo(@Nullable Logo now) {
		if (this.logo == null && this.logoSize == null) {
			return now;
		}
		if (NewsletterOptions.DEFAULT.equals(this.logo)) {
			return null;
		}
		String url = (this.logo != null) ? this.logo : (now != null) ? now.url().toString() : null;
		if (url == null) {
			throw Problem
				.usage("A logo's size needs a logo. Give its address too: --logo https://example.org/logo.png");
		}
		return Logo.of(url, (this.logoSize != null) ? this.logoSize : "");
	}

}
