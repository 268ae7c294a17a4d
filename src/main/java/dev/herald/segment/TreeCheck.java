package dev.herald.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.herald.newsletter.Newsletter;
import dev.herald.problem.Sentence;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks whether the issues and providers that a tree names are there. Nobody opened an
 * issue that there is not: what was not opened would be everybody. Thread-safe.
 */
@Component
public class TreeCheck {

	private final JdbcClient jdbc;

	private final MailProviders providers;

	TreeCheck(JdbcClient jdbc, MailProviders providers) {
		this.jdbc = jdbc;
		this.providers = providers;
	}

	/**
	 * @throws TreeProblem naming all that are not there, and where
	 */
	public void check(Newsletter newsletter, Tree tree) {
		List<TreeProblem.Fault> faults = new ArrayList<>();
		check(newsletter, tree, "", faults);
		if (!faults.isEmpty()) {
			throw new TreeProblem(faults);
		}
	}

	private void check(Newsletter newsletter, Tree tree, String path, List<TreeProblem.Fault> faults) {
		if (tree instanceof Tree.Group group) {
			String here = (path.isEmpty() ? "" : path + ".") + group.match().name().toLowerCase(Locale.ROOT);
			for (int i = 0; i < group.parts().size(); i++) {
				check(newsletter, group.parts().get(i), here + "[" + i + "]", faults);
			}
		}
		else if (tree instanceof Tree.Condition condition) {
			missing(newsletter, condition)
				.ifPresent((sentence) -> faults.add(new TreeProblem.Fault(path + ".value", sentence)));
		}
	}

	private Optional<Sentence> missing(Newsletter newsletter, Tree.Condition condition) {
		return switch (condition.test().field()) {
			case ISSUE -> hasIssue(newsletter, condition.value()) ? Optional.empty()
					: Optional.of(Sentence.of("segment.issue", condition.value()));
			case PROVIDER -> missingProvider(condition.values());
			case ATTRIBUTE, SUBSCRIBED, ENGAGED, LANGUAGE -> Optional.empty();
		};
	}

	private boolean hasIssue(Newsletter newsletter, String slug) {
		return this.jdbc.sql("SELECT COUNT(*) FROM issue WHERE newsletter_id = ? AND slug = ?")
			.params(newsletter.id(), slug)
			.query(Integer.class)
			.single() > 0;
	}

	private Optional<Sentence> missingProvider(List<String> names) {
		Set<String> known = this.providers.all().keySet();
		return names.stream()
			.filter((name) -> !known.contains(name))
			.findFirst()
			.map((name) -> Sentence.of("segment.provider", name, String.join(", ", new TreeSet<>(known))));
	}

}
