package dev.herald.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.herald.address.EmailAddress;
import dev.herald.issue.Issue;
import dev.herald.issue.Issues;
import dev.herald.newsletter.Newsletter;
import dev.herald.render.CompiledIssue;
import dev.herald.render.IssueCompiler;
import dev.herald.render.Recipient;
import dev.herald.subscriber.Subscriber;
import dev.herald.testing.TestHerald;
import dev.herald.tracking.DeliveryKey;

/** The issue that is sent: a real one where it lies beside the project, else ours. */
record SampleIssue(String name, byte[] markdown) {

	private static final Path SEED = Path.of("../shared/data/issues/seed/2017-11-14.md");

	static SampleIssue find() {
		if (!Files.isRegularFile(SEED)) {
			return new SampleIssue("an issue made up for it (the seed issue is absent)",
					madeUp().getBytes(StandardCharsets.UTF_8));
		}
		try {
			return new SampleIssue("the seed issue", Files.readAllBytes(SEED));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As long as the seed issue once it is a mail: sections of links, a comment each. */
	static String madeUp() {
		StringBuilder markdown = new StringBuilder("# The benchmark's issue\n\nWhat was worth reading this week.\n");
		for (int section = 1; section <= 11; section++) {
			markdown.append("\n## Section ").append(section).append("\n\n");
			for (int item = 1; item <= 9; item++) {
				markdown
					.append("- [Article %d of section %d, and why it matters](https://example.org/%d/%d)\n"
						.formatted(item, section, section, item))
					.append("  Comment: the authors measured what others had only guessed, on hardware that anyone can buy. ")
					.append("Their numbers are lower than the advertised ones, and they explain where the rest went.\n");
			}
		}
		return markdown.toString();
	}

	Issue importInto(TestHerald herald, Newsletter newsletter, String slug) {
		// A line of its own makes it another issue than the one before.
		byte[] source = (new String(this.markdown, StandardCharsets.UTF_8) + "\n\n" + slug + "\n")
			.getBytes(StandardCharsets.UTF_8);
		return herald.get(Issues.class).importFile(newsletter, slug + ".md", source, slug).issue();
	}

	static CompiledIssue compile(TestHerald herald, Newsletter newsletter, Issue issue) {
		return herald.get(IssueCompiler.class).compile(herald.get(Issues.class).source(issue.versionId()), newsletter);
	}

	static Recipient recipient(Issue issue) {
		return new Recipient(new DeliveryKey(issue.id(), 1_234),
				new Subscriber(1_234, EmailAddress.parse("reader1234@lists34.example"), "Reader 1234"));
	}

}
