package dev.herald.person;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import dev.herald.problem.Problem;
import dev.herald.settings.OperatorFiles;

import org.springframework.core.io.Resource;

/**
 * What the mails of requests say: templates/notice/requests/LANGUAGE.properties, UTF-8. A
 * language without a file, or a word missing in it, falls back to English; an operator's
 * words come before the packaged ones.
 */
final class RequestWords {

	private final Properties words = new Properties();

	private RequestWords() {
	}

	static RequestWords of(OperatorFiles files, Locale language) {
		RequestWords result = new RequestWords();
		for (String name : List.of("en", language.getLanguage(), language.toLanguageTag())) {
			String file = "templates/notice/requests/" + name + ".properties";
			result.load(OperatorFiles.packaged(file));
			result.load(files.find(file));
		}
		return result;
	}

	private void load(Resource file) {
		if (!file.exists()) {
			return;
		}
		try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8.newDecoder())) {
			this.words.load(reader);
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new Problem(Problem.Kind.WORK,
					"%s can't be read as UTF-8 properties: %s".formatted(file.getDescription(), ex), ex);
		}
	}

	String say(String key) {
		return this.words.getProperty(key, key);
	}

}
