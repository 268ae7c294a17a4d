package dev.herald.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.herald.newsletter.Logo;
import dev.herald.newsletter.Newsletter;
import dev.herald.probe.Answer;
import dev.herald.probe.Probe;
import dev.herald.probe.Question;
import dev.herald.probe.WebAddress;
import dev.herald.problem.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * What the web said of the addresses of an issue; nothing where it was not asked.
 *
 * @param base of relative addresses
 * @param asked each address once: the logo, pictures, links
 */
record OnlineAnswers(@Nullable URI base, Collection<Asked> asked, Map<Question, Answer> answers) {

	/**
	 * An address and where it stands.
	 *
	 * @param name for a sentence
	 * @param lines of the file; 0 where it stands in the newsletter's settings
	 */
	record Asked(Question question, Sentence name, List<Integer> lines) {

		int line() {
			return this.lines.get(0);
		}

		String host() {
			return this.question.address().getHost();
		}

		/**
		 * @param key of what is said of it: {0} is its name, {1} where else it stands
		 * @param value the third, {2}
		 */
		Sentence said(String key, Object value) {
			return Sentence.of(key, this.name, Lines.others(this.lines), value);
		}

		Sentence said(String key) {
			return Sentence.of(key, this.name, Lines.others(this.lines));
		}

	}

	static OnlineAnswers of(Outline outline, Newsletter newsletter, Probe probe) {
		URI base = (newsletter.baseUrl() != null) ? newsletter.baseUrl().resolve("./") : null;
		Map<Question, Asked> asked = new LinkedHashMap<>();
		Logo logo = newsletter.theme().logo();
		if (logo != null) {
			put(asked, question(base, logo.url().toString(), true), Sentence.of("check.logo"), 0);
		}
		outline.pictures()
			.forEach((picture) -> put(asked, question(base, picture.destination(), true),
					PictureChecks.name(picture.destination()), picture.line()));
		outline.links()
			.forEach((link) -> put(asked, question(base, link.destination(), false), LinkChecks.name(link),
					link.line()));
		return new OnlineAnswers(base, asked.values(), probe.ask(asked.keySet()));
	}

	private static void put(Map<Question, Asked> asked, Optional<Question> question, Sentence name, int line) {
		question
			.ifPresent((address) -> asked.computeIfAbsent(address, (any) -> new Asked(address, name, new ArrayList<>()))
				.lines()
				.add(line));
	}

	private static Optional<Question> question(@Nullable URI base, String destination, boolean picture) {
		if (destination.startsWith("#")) {
			return Optional.empty();
		}
		return WebAddress.resolve(base, destination).map((address) -> new Question(address, picture));
	}

	/** Empty for what is no address of the web, such as a place on the page. */
	Optional<Question> question(String destination, boolean picture) {
		return question(this.base, destination, picture);
	}

	@Nullable Answer of(String destination, boolean picture) {
		return question(destination, picture).map(this.answers::get).orElse(null);
	}

}
