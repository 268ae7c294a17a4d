package dev.herald.web;

import java.util.List;

/**
 * One line of what differs between two texts. Public for the view.
 *
 * @param before its number in the older text, from 1; 0 where it has none
 * @param after its number in the newer text, likewise
 * @param skipped equal lines that are not shown, where it stands for those; otherwise 0
 */
public record DiffLine(Kind kind, int before, int after, List<Piece> pieces, int skipped) {

	/** What became of the line. */
	public enum Kind {

		SAME, REMOVED, ADDED, SKIPPED

	}

	/** A part of a line, and whether it differs. */
	public record Piece(String text, boolean changed) {
	}

	static DiffLine same(int before, int after, String text) {
		return new DiffLine(Kind.SAME, before, after, List.of(new Piece(text, false)), 0);
	}

	static DiffLine removed(int before, List<Piece> pieces) {
		return new DiffLine(Kind.REMOVED, before, 0, pieces, 0);
	}

	static DiffLine added(int after, List<Piece> pieces) {
		return new DiffLine(Kind.ADDED, 0, after, pieces, 0);
	}

	static DiffLine skipped(int lines) {
		return new DiffLine(Kind.SKIPPED, 0, 0, List.of(), lines);
	}

}
