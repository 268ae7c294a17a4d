package dev.herald.web;

import java.util.ArrayList;
import java.util.List;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;

/**
 * A place where two sequences of lines or words differ.
 *
 * @param from where it begins in the older one, from 0
 * @param to where it begins in the newer one, from 0
 */
record Edit(int from, List<String> gone, int to, List<String> come) {

	/**
	 * In their order; between any two of them something is the same. The time grows with
	 * the square of what differs. The usual form of the algorithm keeps each path: two
	 * texts of 3,000 lines would take 500 MB.
	 */
	static List<Edit> between(List<String> before, List<String> after) {
		List<Edit> edits = new ArrayList<>();
		for (AbstractDelta<String> delta : DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>())
			.getDeltas()) {
			Edit next = new Edit(delta.getSource().getPosition(), delta.getSource().getLines(),
					delta.getTarget().getPosition(), delta.getTarget().getLines());
			Edit last = edits.isEmpty() ? null : edits.get(edits.size() - 1);
			if (last != null && last.fromEnd() == next.from && last.toEnd() == next.to) {
				edits.set(edits.size() - 1, last.through(next, before, after));
			}
			else {
				edits.add(next);
			}
		}
		return edits;
	}

	/** This, the next one and what is between them. */
	Edit through(Edit next, List<String> before, List<String> after) {
		return new Edit(this.from, before.subList(this.from, next.fromEnd()), this.to,
				after.subList(this.to, next.toEnd()));
	}

	/** Without what both begin with. */
	Edit withoutSameBeginning() {
		int same = 0;
		while (same < Math.min(this.gone.size(), this.come.size()) && this.gone.get(same).equals(this.come.get(same))) {
			same++;
		}
		return new Edit(this.from + same, this.gone.subList(same, this.gone.size()), this.to + same,
				this.come.subList(same, this.come.size()));
	}

	Edit movedBy(int lines) {
		return new Edit(this.from + lines, this.gone, this.to + lines, this.come);
	}

	int fromEnd() {
		return this.from + this.gone.size();
	}

	int toEnd() {
		return this.to + this.come.size();
	}

}
