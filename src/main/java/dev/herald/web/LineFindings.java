package dev.herald.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.herald.check.Finding;

/**
 * What the check found about one line of a text. Public for the view.
 *
 * @param line from 1; 0 for what is about the whole issue
 * @param quoted the beginning of that line
 */
public record LineFindings(int line, String quoted, List<Finding> findings) {

	private static final int MOST_QUOTED = 100;

	/** By line; what is about the whole issue comes first. */
	static List<LineFindings> of(List<Finding> findings, String text) {
		List<String> lines = text.lines().toList();
		Map<Integer, List<Finding>> byLine = new TreeMap<>();
		findings.forEach((finding) -> byLine.computeIfAbsent(finding.line(), (line) -> new ArrayList<>()).add(finding));
		return byLine.entrySet()
			.stream()
			.map((entry) -> new LineFindings(entry.getKey(), quoted(lines, entry.getKey()), entry.getValue()))
			.toList();
	}

	private static String quoted(List<String> lines, int line) {
		if (line < 1 || line > lines.size()) {
			return "";
		}
		String whole = lines.get(line - 1).strip();
		return (whole.codePointCount(0, whole.length()) <= MOST_QUOTED) ? whole
				: whole.substring(0, whole.offsetByCodePoints(0, MOST_QUOTED)) + "…";
	}

	public boolean isError() {
		return this.findings.stream().anyMatch(Finding::isError);
	}

}
