package dev.herald.cli;

import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Creates a newsletter.", footer = { "", "Example:",
		"  herald newsletter create ai-weekly --name 'AI Weekly' --from 'Editors <ai@example.org>' --language zh-CN" })
final class NewsletterCreate implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "KEY",
			description = "Its key: lower-case letters, digits and hyphens. It can't be changed.")
	private String key = "";

	@Option(names = "--name", required = true, description = "What readers see.")
	private String name = "";

	@Option(names = "--from", required = true, paramLabel = "'Name <addr>'", description = "The sender.")
	private String from = "";

	@Mixin
	private final NewsletterOptions options = new NewsletterOptions();

	NewsletterCreate(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		NewsletterSettings settings = this.options
			.over(new NewsletterSettings(this.name, Mailbox.parse(this.from), null, Locale.ENGLISH, null, ""));
		Newsletter created = this.beans.get(Newsletters.class).create(this.key, settings);
		this.console
			.print("Created newsletter %s: %s, from %s.".formatted(created.key(), created.name(), created.sender()));
		return 0;
	}

}
