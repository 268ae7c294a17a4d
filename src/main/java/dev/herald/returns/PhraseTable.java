package dev.herald.returns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Phrases by section, read from a file beside this class; phrases.txt explains the form.
 * Looks up by the first two characters at each start of a word, so that the time grows
 * with the text and not with the table. Immutable.
 */
final class PhraseTable {

	/** Between the parts of a phrase, in characters. */
	private static final int GAP = 60;

	/** From here on writing has no spaces between words, or does without. */
	private static final int IDEOGRAPHS = 0x2E80;

	private final List<String> sections = new ArrayList<>();

	private final Map<Integer, List<Phrase>> byStart = new HashMap<>();

	private PhraseTable() {
	}

	static PhraseTable load(String file) {
		PhraseTable table = new PhraseTable();
		for (String line : read(file).lines().map(String::strip).toList()) {
			if (line.startsWith("[")) {
				table.sections.add(line.substring(1, line.length() - 1));
			}
			else if (!line.isEmpty() && !line.startsWith("#")) {
				table.add(line);
			}
		}
		return table;
	}

	private static String read(String file) {
		try (InputStream stream = PhraseTable.class.getResourceAsStream(file)) {
			return new String(Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(String line) {
		boolean wholeWord = line.endsWith(".");
		List<String> parts = new ArrayList<>();
		for (String part : line.split("\\*", -1)) {
			parts.add(Words.of(part).strip());
		}
		Phrase phrase = new Phrase(this.sections.size() - 1, List.copyOf(parts), wholeWord);
		this.byStart.computeIfAbsent(key(parts.get(0), 0), (key) -> new ArrayList<>()).add(phrase);
	}

	private static int key(String text, int i) {
		return (text.charAt(i) << 16) | text.charAt(i + 1);
	}

	/** The first section, in the order of the file, of which the text has a phrase. */
	@Nullable String first(String words) {
		int section = matches(words).nextSetBit(0);
		return (section < 0) ? null : this.sections.get(section);
	}

	boolean has(String words, String section) {
		return all(words).contains(section);
	}

	/** Every section of which the text has a phrase. */
	Set<String> all(String words) {
		return matches(words).stream().mapToObj(this.sections::get).collect(Collectors.toSet());
	}

	/**
	 * @param words as of {@link Words#of}: a space at both ends
	 */
	private BitSet matches(String words) {
		BitSet found = new BitSet();
		for (int i = 1; i + 1 < words.length(); i++) {
			if (startsWord(words, i)) {
				for (Phrase phrase : this.byStart.getOrDefault(key(words, i), List.of())) {
					if (!found.get(phrase.section()) && phrase.isAt(words, i)) {
						found.set(phrase.section());
					}
				}
			}
		}
		return found;
	}

	private static boolean startsWord(String words, int i) {
		return words.charAt(i - 1) == ' ' || words.charAt(i) >= IDEOGRAPHS;
	}

	private record Phrase(int section, List<String> parts, boolean wholeWord) {

		boolean isAt(String words, int start) {
			int last = this.parts.size() - 1;
			if (!words.startsWith(this.parts.get(0), start)) {
				return false;
			}
			int end = start + this.parts.get(0).length();
			for (String part : this.parts.subList(1, last + 1)) {
				end = endOf(part, words, end);
				if (end < 0) {
					return false;
				}
			}
			return !this.wholeWord || startsWord(words, end + 1) || words.charAt(end) >= IDEOGRAPHS;
		}

		private static int endOf(String part, String words, int from) {
			int last = Math.min(from + GAP, words.length() - part.length());
			for (int i = from; i <= last; i++) {
				if (startsWord(words, i) && words.startsWith(part, i)) {
					return i + part.length();
				}
			}
			return -1;
		}

	}

}
