package dev.herald.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;

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
	private static final Pattern WORD = Pattern
		.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]|[\\p{L}\\p{M}\\p{N}_]+?"
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
		List<AbstractDelta<String>> changes = DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>())
			.getDeltas();
		long kept = before.stream().filter((word) -> !word.isBlank()).count();
		for (AbstractDelta<String> change : changes) {
			kept -= change.getSource().getLines().stream().filter((word) -> !word.isBlank()).count();
		}
		return (3 * kept < Math.min(before.size(), after.size())) ? whole(gone, come)
				: new WordDiff(pieces(before, changes.stream().map(AbstractDelta::getSource).toList()),
						pieces(after, changes.stream().map(AbstractDelta::getTarget).toList()));
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

	private static List<Piece> pieces(List<String> words, List<Chunk<String>> changed) {
		List<Piece> pieces = new ArrayList<>();
		int at = 0;
		for (Chunk<String> chunk : changed) {
			add(pieces, words.subList(at, chunk.getPosition()), false);
			add(pieces, chunk.getLines(), true);
			at = chunk.getPosition() + chunk.size();
		}
		add(pieces, words.subList(at, words.size()), false);
		return List.copyOf(pieces);
	}

	private static void add(List<Piece> pieces, List<String> words, boolean changed) {
		if (!words.isEmpty()) {
			pieces.add(new Piece(String.join("", words), changed));
		}
	}

}
