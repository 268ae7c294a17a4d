package dev.herald.newsletter;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * All that an editor may set of a newsletter; its key is fixed when it is created. Every
 * value is checked: a Problem (usage) says which one is wrong.
 *
 * @param name 1 to 200 characters on one line
 * @param postalAddress at most 500 characters, may have line breaks, may be empty
 * @param theme how its mails look; defaults to {@link Theme#DEFAULT}
 * @param archived whether its issues have a public page once they are sent; defaults to
 * true
 * @param approval whether a second person has to approve its sends; defaults to false
 * @param tracking what it wants to know of its readers; defaults to nothing
 * @param archiveDelay how long after the begin of its send an issue has no public page;
 * defaults to none
 */
public record NewsletterSettings(String name, Mailbox sender, @Nullable EmailAddress replyTo, Locale language,
		@Nullable URI baseUrl, String postalAddress, Theme theme, boolean archived, boolean approval,
		TrackingMode tracking, ArchiveDelay archiveDelay) {

	private static final int MAX_NAME = 200;

	private static final int MAX_LONG_TEXT = 500;

	/** The column's width, and RFC 5646 section 4.4.1's advice. */
	private static final int MAX_LANGUAGE_TAG = 35;

	private static final Pattern CONTROL = Pattern
		.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

	private static final Set<String> TWO_LETTER_LANGUAGES = Set.of(Locale.getISOLanguages());

	public NewsletterSettings {
		name = name.strip();
		if (name.isEmpty() || name.length() > MAX_NAME || CONTROL.matcher(name).find()) {
			throw Problem.usage(Sentence.of("newsletter.name", MAX_NAME));
		}
		postalAddress = postalAddress.strip().replaceAll("\\R", "\n");
		if (postalAddress.length() > MAX_LONG_TEXT || CONTROL.matcher(postalAddress.replace("\n", "")).find()) {
			throw Problem.usage(Sentence.of("newsletter.postal-address", MAX_LONG_TEXT));
		}
		if (language.toLanguageTag().length() > MAX_LANGUAGE_TAG) {
			throw Problem.usage(Sentence.of("newsletter.language.long", MAX_LANGUAGE_TAG));
		}
	}

	/** With the defaults for look, archive and approval. */
	public NewsletterSettings(String name, Mailbox sender, @Nullable EmailAddress replyTo, Locale language,
			@Nullable URI baseUrl, String postalAddress) {
		this(name, sender, replyTo, language, baseUrl, postalAddress, Theme.DEFAULT, true, false);
	}

	/** Without tracking, and without delay in its archive. */
	public NewsletterSettings(String name, Mailbox sender, @Nullable EmailAddress replyTo, Locale language,
			@Nullable URI baseUrl, String postalAddress, Theme theme, boolean archived, boolean approval) {
		this(name, sender, replyTo, language, baseUrl, postalAddress, theme, archived, approval, TrackingMode.NONE,
				ArchiveDelay.NONE);
	}

	/** The same but for what it wants to know of its readers. */
	public NewsletterSettings withTracking(TrackingMode mode) {
		return new NewsletterSettings(this.name, this.sender, this.replyTo, this.language, this.baseUrl,
				this.postalAddress, this.theme, this.archived, this.approval, mode, this.archiveDelay);
	}

	/** The same but for who has to approve sends. */
	public NewsletterSettings withApproval(boolean needed) {
		return new NewsletterSettings(this.name, this.sender, this.replyTo, this.language, this.baseUrl,
				this.postalAddress, this.theme, this.archived, needed, this.tracking, this.archiveDelay);
	}

	/**
	 * @param tag of BCP 47, such as en or zh-CN
	 * @throws Problem (usage) when it is not well-formed or no language
	 */
	public static Locale language(String tag) {
		try {
			Locale locale = new Locale.Builder().setLanguageTag(tag.strip()).build();
			String language = locale.getLanguage();
			if (TWO_LETTER_LANGUAGES.contains(language) || language.length() == 3) {
				return locale;
			}
		}
		catch (IllformedLocaleException ex) {
			// Said below, with the others.
		}
		throw Problem.usage(Sentence.of("newsletter.language", printable(tag)));
	}

	/**
	 * @throws Problem (usage) when it is no whole http or https address
	 */
	public static URI baseUrl(String url) {
		try {
			URI uri = new URI(url.strip());
			boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
			if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null
					&& url.length() <= MAX_LONG_TEXT) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			// Said below, with the others.
		}
		throw Problem.usage(Sentence.of("newsletter.base-url", printable(url)));
	}

	/** For a message: one line, no controls, not long. */
	static String printable(String text) {
		String line = text.replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]", "?");
		return (line.length() <= 80) ? line : line.substring(0, 80) + "…";
	}

}
