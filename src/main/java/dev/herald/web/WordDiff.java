package dev.herald.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.herald.web.DiffLine.Piece;

/**
 * What differs between two forms of a line. Lines that have little in common are shown as
 * changed whole: confetti of single words can't be read.
 *
 * @param gone the older line
 * @param come the newer line
 */
record WordDiff(List<Piece> gone, List<Piece> come) {

	/** Of both lines. Twice as many take four times as long. */
	private static final int MOST_WORDS = 2_000;

	private static final int MOST_CHARACTERS = 20_000;

	/** A character of Chinese, Japanese or Korean is a word here, and so is a mark. */
	private static final Pattern WORD = Pattern.compile(
			"[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]|[\\p{L}\\p{M}\\p{N}_]+?"
					+ "(?=[^\\p{L}\\p{M}\\p{N}_]|[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]|$)|\\s+|.",
			Pattern.DOTALL);

	static WordDiff of(String gone, String come) {
		if (gone.length() + come.length() > MOST_CHARACTERS) {
			return whole(gone, come);
		}
		List<String> before = words(gone);
		List<String> after = words(come);
		if (before.size() + after.size() > MOST_WORDS) {
			return whole(gone, come);
		}
		List<Edit> edits = phrases(Edit.between(before, after), before, after);
		long kept = written(before) - edits.stream().mapToLong((edit) -> written(edit.gone())).sum();
		if (3 * kept < Math.min(written(before), written(after))) {
			return whole(gone, come);
		}
		List<Piece> older = new ArrayList<>();
		List<Piece> newer = new ArrayList<>();
		int from = 0;
		int to = 0;
		for (Edit edit : edits) {
			add(older, before.subList(from, edit.from()), false);
			add(older, edit.gone(), true);
			add(newer, after.subList(to, edit.to()), false);
			add(newer, edit.come(), true);
			from = edit.fromEnd();
			to = edit.toEnd();
		}
		add(older, before.subList(from, before.size()), false);
		add(newer, after.subList(to, after.size()), false);
		return new WordDiff(List.copyOf(older), List.copyOf(newer));
	}

	/** With nothing but space between them two edits are one: a phrase for a phrase. */
	private static List<Edit> phrases(List<Edit> edits, List<String> before, List<String> after) {
		List<Edit> phrases = new ArrayList<>();
		for (Edit edit : edits) {
			Edit last = phrases.isEmpty() ? null : phrases.get(phrases.size() - 1);
			if (last != null && before.subList(last.fromEnd(), edit.from()).stream().allMatch(String::isBlank)) {
				phrases.set(phrases.size() - 1, last.through(edit, before, after));
			}
			else {
				phrases.add(edit);
			}
		}
		return phrases.stream().map(Edit::withoutSameBeginning).toList();
	}

	/** Space counts for nothing: any two lines have that in common. */
	private static long written(List<String> words) {
		return words.stream().filter((word) -> !word.isBlank()).count();
	}

	static List<Piece> whole(String line) {
		return List.of(new Piece(line, true));
	}

	private static WordDiff whole(String gone, String come) {
		return new WordDiff(whole(gone), whole(come));
	}

	private static List<String> words(String line) {
		return WORD.matcher(line).results().map((result) -> result.group()).toList();
	}

	private static void add(List<Piece> pieces, List<String> words, boolean changed) {
		if (!words.isEmpty()) {
			pieces.add(new Piece(String.join("", words), changed));
		}
	}

}
