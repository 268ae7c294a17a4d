package dev.herald.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.herald.address.EmailAddress;
import dev.herald.address.Mailbox;
import dev.herald.newsletter.ArchiveDelay;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Theme;
import dev.herald.newsletter.TrackingMode;
import dev.herald.problem.Problem;

/**
 * The settings of a newsletter as they were typed, and what is wrong with them, field by
 * field. Not safe for use between threads.
 */
final class NewsletterForm {

	private static final int MAX_NAME = 200;

	private static final int MAX_POSTAL_ADDRESS = 500;

	private final Map<String, String> fields;

	private final Map<String, String> errors = new LinkedHashMap<>();

	private final Words words;

	NewsletterForm(Map<String, String> fields, Words words) {
		this.fields = new LinkedHashMap<>(fields);
		this.words = words;
	}

	static NewsletterForm of(Newsletter newsletter, Words words) {
		EmailAddress replyTo = newsletter.replyTo();
		URI baseUrl = newsletter.baseUrl();
		Map<String, String> fields = new LinkedHashMap<>(ThemeFields.of(newsletter.theme()));
		fields.putAll(Map.of("key", newsletter.key(), "name", newsletter.name(), "from", newsletter.sender().toString(),
				"replyTo", (replyTo != null) ? replyTo.value() : "", "language", newsletter.language().toLanguageTag(),
				"baseUrl", (baseUrl != null) ? baseUrl.toString() : "", "postalAddress", newsletter.postalAddress(),
				"archived", String.valueOf(newsletter.archived()), "approval", String.valueOf(newsletter.approval())));
		fields.put("tracking", newsletter.tracking().key());
		fields.put("archiveDelay", newsletter.archiveDelay().toString());
		return new NewsletterForm(fields, words);
	}

	/** For a newsletter that is to be made. */
	static NewsletterForm empty(Words words) {
		Map<String, String> fields = new LinkedHashMap<>(ThemeFields.of(Theme.DEFAULT));
		fields.put("language", "en");
		return new NewsletterForm(fields, words);
	}

	String field(String name) {
		return this.fields.getOrDefault(name, "").strip();
	}

	/** For the view: what was typed. */
	Map<String, String> fields() {
		return this.fields;
	}

	/** For the view: what is wrong, by the name of the field. */
	Map<String, String> errors() {
		return this.errors;
	}

	void reject(String field, Problem problem) {
		this.errors.put(field, this.words.say(problem));
	}

	/** Empty where a field is wrong; {@link #errors} then says which and why. */
	Optional<NewsletterSettings> settings() {
		String name = text("name", MAX_NAME, true);
		Mailbox sender = parse("from", Mailbox::parse);
		EmailAddress replyTo = field("replyTo").isEmpty() ? null : parse("replyTo", EmailAddress::parse);
		Locale language = parse("language", this::language);
		URI baseUrl = field("baseUrl").isEmpty() ? null : parse("baseUrl", this::webAddress);
		String postalAddress = text("postalAddress", MAX_POSTAL_ADDRESS, false);
		TrackingMode tracking = field("tracking").isEmpty() ? TrackingMode.NONE : parse("tracking", TrackingMode::of);
		ArchiveDelay delay = field("archiveDelay").isEmpty() ? ArchiveDelay.NONE
				: parse("archiveDelay", ArchiveDelay::of);
		Theme theme = new ThemeFields(this).theme();
		if (!this.errors.isEmpty() || sender == null || language == null || tracking == null || delay == null) {
			return Optional.empty();
		}
		return Optional.of(new NewsletterSettings(name, sender, replyTo, language, baseUrl, postalAddress, theme,
				!field("archived").equals("false"), field("approval").equals("true"), tracking, delay));
	}

	private String text(String field, int limit, boolean needed) {
		String value = field(field);
		if (needed && value.isEmpty()) {
			this.errors.put(field, this.words.say("form.needed"));
		}
		if (value.length() > limit) {
			this.errors.put(field, this.words.say("form.long", limit));
		}
		return value;
	}

	<T> @Nullable T parse(String field, Function<String, T> parser) {
		try {
			return parser.apply(field(field));
		}
		catch (Problem ex) {
			reject(field, ex);
			return null;
		}
	}

	private Locale language(String tag) {
		try {
			Locale locale = new Locale.Builder().setLanguageTag(tag).build();
			if (!locale.getLanguage().isEmpty() && tag.length() <= 35) {
				return locale;
			}
		}
		catch (IllformedLocaleException ex) {
			// Said below.
		}
		throw Problem.usage(this.words.say("form.language"));
	}

	private URI webAddress(String text) {
		try {
			URI uri = new URI(text);
			boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
			if (web && uri.getHost() != null && text.length() <= 500) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			// Said below.
		}
		throw Problem.usage(this.words.say("form.base-url"));
	}

}
