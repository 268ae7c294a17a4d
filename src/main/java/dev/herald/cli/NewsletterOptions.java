package dev.herald.cli;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

import dev.herald.address.EmailAddress;
import dev.herald.newsletter.ArchiveDelay;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.TrackingMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The settings that a newsletter can do without: what is not given stays as it is. */
final class NewsletterOptions {

	/** Brings the default of an option back. */
	static final String DEFAULT = "default";

	@Option(names = "--reply-to", paramLabel = "ADDR", description = "Where answers go, if not to the sender.")
	private @Nullable String replyTo;

	@Option(names = "--language", paramLabel = "TAG", description = "BCP 47, such as zh-CN; default: en.")
	private @Nullable String language;

	@Option(names = "--base-url", paramLabel = "URL",
			description = "What relative links and pictures of its issues begin with.")
	private @Nullable String baseUrl;

	@Option(names = "--postal-address", paramLabel = "TEXT", description = "Stands in the footer of every mail.")
	private @Nullable String postalAddress;

	@Option(names = "--archive", negatable = true,
			description = "Whether its issues have a public page once they are sent; default: they have.")
	private @Nullable Boolean archived;

	@Option(names = "--approval", negatable = true,
			description = "Whether a second person has to approve its sends; default: nobody has.")
	private @Nullable Boolean approval;

	@Option(names = "--tracking", paramLabel = "MODE",
			description = "What is known of readers: none, totals, or persons who consented; default: none.")
	private @Nullable String tracking;

	@Option(names = "--archive-delay", paramLabel = "TIME",
			description = "How long an issue has no public page, from the begin of its send, such as 7d or 12h; default: 0.")
	private @Nullable String archiveDelay;

	@Mixin
	private final ThemeOptions theme = new ThemeOptions();

	NewsletterSettings over(NewsletterSettings now) {
		return new NewsletterSettings(now.name(), now.sender(),
				value(this.replyTo, EmailAddress::parse, now.replyTo(), null),
				given(this.language, NewsletterSettings::language, now.language(), Locale.ENGLISH),
				value(this.baseUrl, NewsletterSettings::baseUrl, now.baseUrl(), null),
				given(this.postalAddress, Function.identity(), now.postalAddress(), ""), this.theme.over(now.theme()),
				(this.archived != null) ? this.archived : now.archived(),
				(this.approval != null) ? this.approval : now.approval(),
				given(this.tracking, TrackingMode::of, now.tracking(), TrackingMode.NONE),
				given(this.archiveDelay, ArchiveDelay::of, now.archiveDelay(), ArchiveDelay.NONE));
	}

	/**
	 * @param given null where the option was not
	 * @param otherwise the option's default
	 */
	static <T> T given(@Nullable String given, Function<String, T> parser, T now, T otherwise) {
		return Objects.requireNonNull(value(given, parser, now, otherwise));
	}

	private static <T> @Nullable T value(@Nullable String given, Function<String, T> parser, @Nullable T now,
			@Nullable T otherwise) {
		if (given == null) {
			return now;
		}
		return given.equals(DEFAULT) ? otherwise : parser.apply(given);
	}

}
