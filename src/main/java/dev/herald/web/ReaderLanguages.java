package dev.herald.web;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The languages that the pages of readers have words in: one more is one more file of
 * each, such as words/preferences_LANGUAGE.properties.
 */
final class ReaderLanguages {

	static final String PREFERENCES = "words.preferences";

	static final String JOIN = "words.join";

	static final String UNSUBSCRIBE = "words.unsubscribe";

	private static final List<Locale> OFFERED = Arrays.stream(Locale.getISOLanguages())
		.filter(ReaderLanguages::isWritten)
		.map(Locale::forLanguageTag)
		.toList();

	private ReaderLanguages() {
	}

	private static boolean isWritten(String language) {
		return language.equals(Locale.ENGLISH.getLanguage()) || ReaderLanguages.class.getClassLoader()
			.getResource(PREFERENCES.replace('.', '/') + "_" + language + ".properties") != null;
	}

	/** By their codes. */
	static List<Locale> offered() {
		return OFFERED;
	}

	/** Empty for one that there are no words in. */
	static Optional<Locale> parse(String tag) {
		return OFFERED.stream().filter((locale) -> locale.toLanguageTag().equals(tag)).findFirst();
	}

	/**
	 * What the reader chose, else the first of his browser that there are words in, else
	 * the newsletter's.
	 */
	static Locale of(@Nullable Locale chosen, HttpServletRequest request, Locale newsletter) {
		return (chosen != null) ? chosen : asked(request).orElse(newsletter);
	}

	static Optional<Locale> asked(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
			return Optional.empty();
		}
		return Collections.list(request.getLocales())
			.stream()
			.filter((locale) -> parse(locale.getLanguage()).isPresent())
			.findFirst();
	}

	/** The server's own language does not show through for a third one. */
	static ResourceBundle words(String bundle, Locale language) {
		return ResourceBundle.getBundle(bundle, language,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
	}

}
