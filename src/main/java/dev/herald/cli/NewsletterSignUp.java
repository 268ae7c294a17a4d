package dev.herald.cli;

import java.util.Locale;
import java.util.concurrent.Callable;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.settings.Installation;
import dev.herald.signup.SignUpForm;
import dev.herald.signup.SignUpForms;
import dev.herald.signup.Welcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "sign-up",
		description = "Whether and how readers sign up for a newsletter by themselves; what is not named stays. Without options it shows what is set.",
		footer = { "", "Example:", "  herald newsletter sign-up weekly --open --welcome letter" })
final class NewsletterSignUp implements Callable<Integer> {

	private final Console console;

	private final Beans beans;

	@Parameters(paramLabel = "KEY", description = "The key of the newsletter.")
	private String key = "";

	@Option(names = "--open", negatable = true, description = "Whether readers can sign up; default: they can't.")
	private @Nullable Boolean open;

	@Option(names = "--agreement", paramLabel = "TEXT",
			description = "What readers agree to; default: Herald's words in their language.")
	private @Nullable String agreement;

	@Option(names = "--welcome", paramLabel = "WHAT",
			description = "What somebody gets who has confirmed: none, letter, or issue for a letter and the latest issue; default: none.")
	private @Nullable Welcome welcome;

	NewsletterSignUp(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	@Override
	public Integer call() {
		Newsletter newsletter = this.beans.get(Newsletters.class).require(this.key);
		SignUpForms forms = this.beans.get(SignUpForms.class);
		SignUpForm now = forms.of(newsletter);
		SignUpForm wanted = new SignUpForm((this.open != null) ? this.open : now.offered(),
				NewsletterOptions.given(this.agreement, (text) -> text, now.agreement(), ""),
				(this.welcome != null) ? this.welcome : now.welcome());
		if (!wanted.equals(now)) {
			forms.change(newsletter, wanted);
		}
		this.console.print(inWords(newsletter, wanted));
		return 0;
	}

	private String inWords(Newsletter newsletter, SignUpForm form) {
		if (!form.offered()) {
			return "Newsletter %s takes no sign-ups.".formatted(newsletter.key());
		}
		return "Readers sign up for newsletter %s at %s/join/%s\nThey agree to: %s\nWelcome: %s".formatted(
				newsletter.key(), this.beans.get(Installation.class).baseUrl(), newsletter.key(),
				form.agreement(newsletter, newsletter.language()), form.welcome().name().toLowerCase(Locale.ROOT));
	}

}
