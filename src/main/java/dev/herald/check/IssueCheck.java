package dev.herald.check;

import java.util.List;
import java.util.Map;

import dev.herald.issue.IssueSource;
import dev.herald.newsletter.Newsletter;
import dev.herald.probe.Probe;
import dev.herald.render.CompiledIssue;

/** Looks an issue over, as it would go out. Stateless. */
public final class IssueCheck {

	private static final List<Checks> ALL = List.of(new FooterChecks(), new SizeChecks(), new SubjectChecks(),
			new LeftoverChecks(), new LinkChecks(), new PictureChecks(), new PictureHostChecks(), new ReadingChecks(),
			new HeadingChecks(), new ContrastChecks(), new FilterWordChecks(), new OnlineChecks());

	private IssueCheck() {
	}

	/**
	 * @param compiled from this source and newsletter: what would be sent is what is
	 * looked at
	 * @return those of the whole issue first, then by line; at most some twenty of a kind
	 * @throws dev.herald.problem.Problem when a template fails for a sample recipient
	 */
	public static List<Finding> of(IssueSource source, Newsletter newsletter, CompiledIssue compiled) {
		return of(source, newsletter, compiled, (questions) -> Map.of());
	}

	/**
	 * The same, and whether the addresses of its links, pictures and logo answer.
	 * @param probe asked once
	 */
	public static List<Finding> of(IssueSource source, Newsletter newsletter, CompiledIssue compiled, Probe probe) {
		CheckedIssue issue = CheckedIssue.of(source, newsletter, compiled, probe);
		Findings findings = new Findings();
		ALL.forEach((checks) -> checks.check(issue, findings));
		return findings.all();
	}

}
