package dev.herald.web;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * The pages of signing up, in their reader's words. Not thread-safe: one use, one answer.
 */
final class JoinPage {

	private final Map<String, Object> model = new HashMap<>();

	private final Map<String, String> errors = new HashMap<>();

	private final Map<String, String> words;

	private final Locale language;

	private JoinPage(Map<String, String> words, Locale language, String newsletter) {
		this.words = words;
		this.language = language;
		this.model.put("words", words);
		this.model.put("newsletter", newsletter);
		this.model.put("errors", this.errors);
		this.model.put("fields", Map.of());
		this.model.put("note", "");
	}

	static JoinPage of(Newsletter newsletter, Locale language, ReaderLanguages languages) {
		return new JoinPage(languages.words(ReaderLanguages.JOIN, language), language, newsletter.name());
	}

	/** Where there is no form, or the link is not ours. */
	static ModelAndView unknown(String what, HttpServletRequest request, ReaderLanguages languages) {
		Locale language = request.getLocale();
		return new JoinPage(languages.words(ReaderLanguages.JOIN, language), language, "").show(what,
				HttpStatus.NOT_FOUND);
	}

	/** What was typed. */
	JoinPage with(Map<String, String> fields) {
		this.model.put("fields", fields);
		return this;
	}

	/**
	 * @param agreement what the button agrees to
	 * @param version of it
	 * @param shown when the form is shown, as a token
	 */
	JoinPage asking(String agreement, String version, String shown) {
		this.model.put("agreement", agreement);
		this.model.put("version", version);
		this.model.put("shown", shown);
		return this;
	}

	/** Where who has joined can choose. */
	JoinPage leadingTo(@Nullable URI preferences) {
		if (preferences != null) {
			this.model.put("preferences", preferences.getRawPath());
		}
		return this;
	}

	/** Says above the form why it is shown again. */
	JoinPage note(String key) {
		this.model.put("note", key);
		return this;
	}

	JoinPage wrong(String field, Problem problem) {
		this.errors.put(field, problem.in(this.language));
		return this;
	}

	JoinPage wrong(String field, String key) {
		this.errors.put(field, this.words.getOrDefault(key, ""));
		return this;
	}

	/**
	 * @param what as the words name it
	 */
	ModelAndView show(String what, HttpStatus status) {
		this.model.put("what", what);
		return new ModelAndView("join", this.model, status);
	}

}
