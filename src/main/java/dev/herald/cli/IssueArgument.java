package dev.herald.cli;

import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An issue, as commands name it. */
final class IssueArgument {

	@Parameters(paramLabel = "SLUG", description = "The issue.")
	private String slug = "";

	@Option(names = "--newsletter", paramLabel = "KEY",
			description = "Its newsletter; needed where several have an issue of this slug.")
	private @Nullable String newsletter;

	Issue find(Beans beans) {
		return beans.get(Issues.class).require(this.slug, this.newsletter);
	}

}
