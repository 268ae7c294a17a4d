package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.address.Mailbox;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.NewsletterSettings;
import dev.herald.newsletter.Newsletters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

	@Option(names = "--language", defaultValue = "en", paramLabel = "TAG",
			description = "BCP 47, such as zh-CN; default: ${DEFAULT-VALUE}.")
	private String language = "en";

	@Option(names = "--base-url", paramLabel = "URL",
			description = "What relative links and pictures of its issues begin with.")
	private @Nullable String baseUrl;

	NewsletterCreate(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		String url = this.baseUrl;
		NewsletterSettings settings = new NewsletterSettings(this.name, Mailbox.parse(this.from), null,
				NewsletterSettings.language(this.language), (url != null) ? NewsletterSettings.baseUrl(url) : null, "");
		Newsletter created = this.beans.get(Newsletters.class).create(this.key, settings);
		this.console
			.print("Created newsletter %s: %s, from %s.".formatted(created.key(), created.name(), created.sender()));
		return 0;
	}

}
