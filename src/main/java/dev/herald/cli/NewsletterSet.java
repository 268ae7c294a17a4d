package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "set",
		description = "Changes settings of a newsletter; what is not named stays. It counts for all that is sent from then on.",
		footer = { "", "Example:",
				"  herald newsletter set weekly --accent '#7a2e1d' --font serif --logo https://example.org/logo.png --logo-size 120x40" })
final class NewsletterSet implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "KEY", description = "The key of the newsletter.")
	private String key = "";

	@Option(names = "--name", description = "What readers see.")
	private @Nullable String name;

	@Option(names = "--from", paramLabel = "'Name <addr>'", description = "The sender.")
	private @Nullable String from;

	@Mixin
	private final NewsletterOptions options = new NewsletterOptions();

	NewsletterSet(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Newsletters newsletters = this.beans.get(Newsletters.class);
		Newsletter newsletter = newsletters.require(this.key);
		NewsletterSettings now = newsletter.settings();
		NewsletterSettings named = new NewsletterSettings((this.name != null) ? this.name : now.name(),
				(this.from != null) ? Mailbox.parse(this.from) : now.sender(), now.replyTo(), now.language(),
				now.baseUrl(), now.postalAddress(), now.theme(), now.archived(), now.approval(), now.tracking(),
				now.archiveDelay());
		NewsletterSettings changed = this.options.over(named);
		if (changed.equals(now)) {
			throw Problem.usage("That changes nothing of newsletter %s. See: herald newsletter set --help"
				.formatted(newsletter.key()));
		}
		newsletters.change(newsletter.key(), changed);
		this.console.print("Changed newsletter %s.".formatted(newsletter.key()));
		return 0;
	}

}
