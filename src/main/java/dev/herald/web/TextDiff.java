package dev.herald.web;

import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two texts, line by line, and by words within a line. For one
 * comparison, in one thread.
 */
final class TextDiff {

	/** Equal lines that are shown before and behind each change. */
	private static final int AROUND = 3;

	/**
	 * Of both texts, without what they begin and end with in common; the time grows with
	 * their square. More are shown as one change.
	 */
	static final int MOST_LINES = 6_000;

	private final List<DiffLine> result = new ArrayList<>();

	private final List<String> before;

	private final List<String> after;

	private TextDiff(List<String> before, List<String> after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * @return empty where the texts have the same lines
	 */
	static List<DiffLine> of(String before, String after) {
		TextDiff diff = new TextDiff(before.lines().toList(), after.lines().toList());
		List<Edit> changes = diff.changes();
		if (!changes.isEmpty()) {
			diff.write(changes);
		}
		return List.copyOf(diff.result);
	}

	private List<Edit> changes() {
		int most = Math.min(this.before.size(), this.after.size());
		int begin = 0;
		while (begin < most && this.before.get(begin).equals(this.after.get(begin))) {
			begin++;
		}
		int end = 0;
		while (end < most - begin && last(this.before, end).equals(last(this.after, end))) {
			end++;
		}
		List<String> gone = this.before.subList(begin, this.before.size() - end);
		List<String> come = this.after.subList(begin, this.after.size() - end);
		int first = begin;
		if (gone.isEmpty() && come.isEmpty()) {
			return List.of();
		}
		if (gone.size() + come.size() > MOST_LINES) {
			return List.of(new Edit(first, gone, first, come));
		}
		return Edit.between(gone, come).stream().map((edit) -> edit.movedBy(first)).toList();
	}

	private static String last(List<String> lines, int fromEnd) {
		return lines.get(lines.size() - 1 - fromEnd);
	}

	private void write(List<Edit> changes) {
		int written = 0;
		int shift = 0;
		for (int i = 0; i < changes.size(); i++) {
			Edit change = changes.get(i);
			written = skip(written, change.from() - AROUND);
			same(written, change.from(), shift);
			changed(change);
			written = change.fromEnd();
			shift = change.toEnd() - change.fromEnd();
			int limit = (i + 1 < changes.size()) ? changes.get(i + 1).from() : this.before.size();
			int shown = Math.min(limit, written + AROUND);
			same(written, shown, shift);
			written = shown;
		}
		skip(written, this.before.size());
	}

	private int skip(int from, int to) {
		if (to > from) {
			this.result.add(DiffLine.skipped(to - from));
		}
		return Math.max(from, to);
	}

	private void same(int from, int end, int shift) {
		for (int i = from; i < end; i++) {
			this.result.add(DiffLine.same(i + 1, i + 1 + shift, this.before.get(i)));
		}
	}

	/** What went, then what came. */
	private void changed(Edit change) {
		List<DiffLine> added = new ArrayList<>();
		int pairs = Math.min(change.gone().size(), change.come().size());
		for (int i = 0; i < Math.max(change.gone().size(), change.come().size()); i++) {
			WordDiff words = (i < pairs) ? WordDiff.of(change.gone().get(i), change.come().get(i)) : null;
			if (i < change.gone().size()) {
				this.result.add(DiffLine.removed(change.from() + i + 1,
						(words != null) ? words.gone() : WordDiff.whole(change.gone().get(i))));
			}
			if (i < change.come().size()) {
				added.add(DiffLine.added(change.to() + i + 1,
						(words != null) ? words.come() : WordDiff.whole(change.come().get(i))));
			}
		}
		this.result.addAll(added);
	}

}
