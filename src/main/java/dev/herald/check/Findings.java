package dev.herald.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.herald.check.Finding.Check;
import dev.herald.check.Finding.Severity;
import dev.herald.problem.Sentence;

/** Collects what is found. For one check of one issue, in one thread. */
final class Findings {

	/** Of one kind. An issue from before https has a hundred http links. */
	static final int MOST_OF_A_KIND = 20;

	private final Map<Check, List<Finding>> found = new EnumMap<>(Check.class);

	private final Map<Check, Integer> unlisted = new EnumMap<>(Check.class);

	/** Those that are not listed, too. */
	private final Map<Check, Set<Integer>> lines = new EnumMap<>(Check.class);

	void error(Check check, int line, Sentence what, Sentence why, Sentence mend) {
		add(new Finding(check, Severity.ERROR, line, what, why, mend));
	}

	void warn(Check check, int line, Sentence what, Sentence why, Sentence mend) {
		add(new Finding(check, Severity.WARNING, line, what, why, mend));
	}

	/** An error is kept even where there are enough of its kind. */
	private void add(Finding finding) {
		this.lines.computeIfAbsent(finding.check(), (check) -> new HashSet<>()).add(finding.line());
		List<Finding> ofKind = this.found.computeIfAbsent(finding.check(), (check) -> new ArrayList<>());
		if (ofKind.size() < MOST_OF_A_KIND || (finding.isError() && ofKind.stream().noneMatch(Finding::isError))) {
			ofKind.add(finding);
		}
		else {
			this.unlisted.merge(finding.check(), 1, Integer::sum);
		}
	}

	boolean hasAt(int line, Set<Check> checks) {
		return checks.stream().anyMatch((check) -> this.lines.getOrDefault(check, Set.of()).contains(line));
	}

	/** Those of the whole issue first, then by line. */
	List<Finding> all() {
		List<Finding> all = new ArrayList<>();
		this.found.values().forEach(all::addAll);
		this.unlisted.forEach((check, count) -> all
			.add(new Finding(check, Severity.WARNING, 0, Sentence.of("check.unlisted", count, check.key()),
					Sentence.of("check.unlisted.why", MOST_OF_A_KIND), Sentence.of("check.unlisted.mend"))));
		all.sort(Comparator.comparingInt(Finding::line).thenComparing(Finding::check));
		return List.copyOf(all);
	}

}
