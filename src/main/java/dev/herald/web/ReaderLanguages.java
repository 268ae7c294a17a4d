package dev.herald.web;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.herald.render.PageWords;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The languages that the pages of readers have words in: one more is one more file,
 * templates/words/LANGUAGE.properties. Thread-safe.
 */
@Component
class ReaderLanguages {

	static final String PREFERENCES = "preferences";

	static final String JOIN = "join";

	static final String UNSUBSCRIBE = "unsubscribe";

	private final PageWords words;

	ReaderLanguages(PageWords words) {
		this.words = words;
	}

	/** By their codes. */
	List<Locale> offered() {
		return this.words.languages();
	}

	/** Empty for one that there are no words in. */
	Optional<Locale> parse(String tag) {
		return offered().stream().filter((locale) -> locale.toLanguageTag().equals(tag)).findFirst();
	}

	/**
	 * What the reader chose, else the first of his browser that there are words in, else
	 * the newsletter's.
	 */
	Locale of(@Nullable Locale chosen, HttpServletRequest request, Locale newsletter) {
		return (chosen != null) ? chosen : asked(request).orElse(newsletter);
	}

	private Optional<Locale> asked(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null) {
			return Optional.empty();
		}
		return Collections.list(request.getLocales())
			.stream()
			.filter((locale) -> parse(locale.getLanguage()).isPresent())
			.findFirst();
	}

	/**
	 * @param page one of those above
	 */
	Map<String, String> words(String page, Locale language) {
		return this.words.of(page, language);
	}

}
