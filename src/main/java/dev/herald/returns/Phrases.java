package dev.herald.returns;

import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The one place that knows words. Thread-safe. */
final class Phrases {

	private static final PhraseTable REASONS = PhraseTable.load("phrases.txt");

	private static final PhraseTable NOTICES = PhraseTable.load("notices.txt");

	private Phrases() {
	}

	/** Why, by the words alone; null where they say nothing known. */
	static @Nullable BounceReason reason(String words) {
		String section = REASONS.first(words);
		return (section == null) ? null : BounceReason.of(section);
	}

	/** Whether the words say of themselves that it is the address, and nothing else. */
	static boolean isSure(String words) {
		return NOTICES.has(words, "surely no such user");
	}

	static boolean isNotice(String section, String words) {
		return NOTICES.has(words, section);
	}

	/** The first of these sections that the words are of, or empty text. */
	static String noticeIn(String words, String... sections) {
		Set<String> found = NOTICES.all(words);
		return Arrays.stream(sections).filter(found::contains).findFirst().orElse("");
	}

}
