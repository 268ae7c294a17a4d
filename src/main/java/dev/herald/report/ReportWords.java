package dev.herald.report;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of reports, in somebody's language. */
@FunctionalInterface
public interface ReportWords {

	/** Where they are, in English and in whatever else they were translated to. */
	String BUNDLE = "words/web";

	/**
	 * @param key in {@link #BUNDLE}
	 */
	String say(String key, Object... values);

	/** For the command line. */
	static ReportWords english() {
		ResourceBundle words = ResourceBundle.getBundle(BUNDLE, Locale.ROOT,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
		return (key, values) -> new MessageFormat(words.getString(key), Locale.ENGLISH).format(values);
	}

}
