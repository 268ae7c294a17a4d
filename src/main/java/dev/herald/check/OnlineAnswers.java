package dev.herald.check;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.herald.newsletter.Newsletter;
import dev.herald.probe.Answer;
import dev.herald.probe.Probe;
import dev.herald.probe.Question;
import dev.herald.probe.WebAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the web said of the addresses of an issue; nothing where it was not asked.
 *
 * @param base of relative addresses
 */
record OnlineAnswers(@Nullable URI base, Map<Question, Answer> answers) {

	static OnlineAnswers of(Outline outline, Newsletter newsletter, Probe probe) {
		URI base = (newsletter.baseUrl() != null) ? newsletter.baseUrl().resolve("./") : null;
		OnlineAnswers unasked = new OnlineAnswers(base, Map.of());
		Set<Question> questions = new LinkedHashSet<>();
		outline.pictures()
			.forEach((picture) -> unasked.question(picture.destination(), true).ifPresent(questions::add));
		outline.links().forEach((link) -> unasked.question(link.destination(), false).ifPresent(questions::add));
		return new OnlineAnswers(base, probe.ask(questions));
	}

	/** Empty for what is no address of the web, such as a place on the page. */
	Optional<Question> question(String destination, boolean picture) {
		if (destination.startsWith("#")) {
			return Optional.empty();
		}
		return WebAddress.resolve(this.base, destination).map((address) -> new Question(address, picture));
	}

	@Nullable Answer of(String destination, boolean picture) {
		return question(destination, picture).map(this.answers::get).orElse(null);
	}

}
