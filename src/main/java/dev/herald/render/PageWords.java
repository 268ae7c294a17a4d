package dev.herald.render;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.herald.problem.Problem;
import dev.herald.settings.OperatorFiles;

import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The words of the pages that readers see, from the same file of a language as those of
 * mails; their keys begin with {@code page.} and the page's name. Read each time, so that
 * an operator's change shows at once. Thread-safe.
 */
@Component
public class PageWords {

	private static final String PAGE = "page.";

	/** A file without it has words of mails alone. */
	private static final String WRITTEN = PAGE + "preferences.page.title";

	private final OperatorFiles files;

	private final SingletonSupplier<List<Locale>> languages = SingletonSupplier.of(this::written);

	PageWords(OperatorFiles files) {
		this.files = files;
	}

	/**
	 * Those that there are pages in, by their codes. Looked for once: a new one shows
	 * after a restart.
	 */
	public List<Locale> languages() {
		return this.languages.obtain();
	}

	private List<Locale> written() {
		return Arrays.stream(Locale.getISOLanguages())
			.filter((code) -> Words.ofFile(this.files, code).containsKey(WRITTEN))
			.map(Locale::forLanguageTag)
			.toList();
	}

	/**
	 * @param page such as {@code join}
	 * @param language English stands in for one that there are no pages in
	 * @return by what follows the page's name in their keys; {@code language} and
	 * {@code direction} too
	 * @throws Problem naming the file that can't be read
	 */
	public Map<String, String> of(String page, Locale language) {
		boolean known = languages().contains(Locale.forLanguageTag(language.getLanguage()));
		Map<String, String> all = Words.of(this.files, known ? language : Locale.ENGLISH, "{newsletter}");
		String begin = PAGE + page + ".";
		Map<String, String> words = new LinkedHashMap<>();
		all.forEach((key, word) -> {
			if (key.startsWith(begin)) {
				words.put(key.substring(begin.length()), word);
			}
		});
		words.put("language", all.getOrDefault("language", "en"));
		words.put("direction", all.getOrDefault(PAGE + "direction", "ltr"));
		return words;
	}

}
