package dev.herald.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.herald.check.Finding;
import dev.herald.problem.Sentence;

/**
 * Findings of one kind, so that a page says once why they matter.
 *
 * @param key of the check, in words/web.properties behind "finding."
 */
public record FindingGroup(String key, boolean error, List<Part> parts) {

	/** Those that have the reason and the mend in common. */
	public record Part(Sentence why, Sentence mend, List<Finding> findings) {
	}

	/** Errors first, then in the order of their first lines. */
	static List<FindingGroup> of(List<Finding> findings) {
		Map<String, FindingGroup> groups = new LinkedHashMap<>();
		Map<List<Object>, Part> parts = new LinkedHashMap<>();
		for (Finding finding : findings) {
			FindingGroup group = groups.computeIfAbsent(finding.severity() + finding.check().key(),
					(key) -> new FindingGroup(finding.check().key(), finding.isError(), new ArrayList<>()));
			List<Object> alike = List.of(group.key(), group.error(), finding.why(), finding.mend());
			Part part = parts.get(alike);
			if (part == null) {
				part = new Part(finding.why(), finding.mend(), new ArrayList<>());
				parts.put(alike, part);
				group.parts().add(part);
			}
			part.findings().add(finding);
		}
		return groups.values().stream().sorted(Comparator.comparing((group) -> !group.error())).toList();
	}

}
