package dev.herald.problem;

import java.io.Serializable;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * Something to say to a person that has no language before it is shown. Its words are a
 * {@link MessageFormat} in {@code words/}, in the file that the key's first part names:
 * {@code check.alt.what} is in {@code words/check.properties}. Two of the same key and
 * values are equal, whatever language they are shown in. Immutable when its values are.
 *
 * @param values numbers, texts and other sentences
 */
public record Sentence(String key, List<Object> values) implements Serializable {

	private static final Control NO_FALLBACK = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

	public Sentence {
		values = List.copyOf(values);
	}

	public static Sentence of(String key, Object... values) {
		return new Sentence(key, List.of(values));
	}

	/**
	 * Parts one after the other.
	 * @param key of words that put a part behind those before it, such as {@code {0},
	 * {1}}
	 * @param parts at least one; a single one is what comes out
	 */
	public static Sentence join(String key, List<Sentence> parts) {
		return parts.stream().reduce((before, part) -> of(key, before, part)).orElseThrow();
	}

	/**
	 * In the language of a reader; in English where there are no words in theirs.
	 * @throws java.util.MissingResourceException for a key that is not there
	 */
	public String in(Locale locale) {
		String file = this.key.substring(0, this.key.indexOf('.'));
		ResourceBundle words = ResourceBundle.getBundle("words/" + file, locale, NO_FALLBACK);
		Object[] said = this.values.stream()
			.map((value) -> (value instanceof Sentence sentence) ? sentence.in(locale) : value)
			.toArray();
		Locale spoken = words.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : locale;
		return new MessageFormat(words.getString(this.key), spoken).format(said);
	}

	/** In English, as the command line, logs and exports say it. */
	@Override
	public String toString() {
		return in(Locale.ENGLISH);
	}

}
