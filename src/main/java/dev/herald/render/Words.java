package dev.herald.render;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import dev.herald.problem.Problem;
import dev.herald.problem.Sentence;
import dev.herald.settings.OperatorFiles;

import org.springframework.core.io.Resource;

/**
 * What a mail says besides its issue, and what the pages say that readers see, in one
 * language: templates/words/LANGUAGE.properties, UTF-8. A language without a file, or a
 * word missing in it, falls back to English. An operator's file may hold some words only:
 * the others stay as they are packaged.
 */
final class Words {

	private Words() {
	}

	/**
	 * @param newsletter its name, for {@code {newsletter}} in a word; {@code {address}}
	 * stays
	 */
	static Map<String, String> of(OperatorFiles files, Locale language, String newsletter) {
		Properties words = new Properties();
		for (String name : List.of("en", language.getLanguage(), language.toLanguageTag())) {
			load(files, name, words);
		}
		Map<String, String> result = new LinkedHashMap<>();
		for (String key : words.stringPropertyNames()) {
			result.put(key, words.getProperty(key).replace("{newsletter}", newsletter));
		}
		return result;
	}

	/** Of this language's file alone, as they stand there. */
	static Properties ofFile(OperatorFiles files, String language) {
		Properties words = new Properties();
		load(files, language, words);
		return words;
	}

	private static void load(OperatorFiles files, String language, Properties words) {
		String file = "templates/words/" + language + ".properties";
		load(OperatorFiles.packaged(file), words);
		load(files.find(file), words);
	}

	private static void load(Resource file, Properties words) {
		if (!file.exists()) {
			return;
		}
		try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8.newDecoder())) {
			words.load(reader);
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new Problem(Problem.Kind.WORK, Sentence.of("render.words", file.getDescription(), ex.toString()), ex);
		}
	}

}
