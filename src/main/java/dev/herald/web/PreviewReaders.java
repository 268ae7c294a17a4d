package dev.herald.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

import dev.herald.address.EmailAddress;
import dev.herald.problem.Problem;
import dev.herald.render.Recipient;
import dev.herald.render.Samples;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.Subscriptions;
import dev.herald.tracking.DeliveryKey;

/**
 * As whom an issue can be looked at: as the samples that each template is tried with, and
 * for an ADMIN as any subscriber. The links in what they see work for nobody.
 */
@Component
class PreviewReaders {

	private static final int LONGEST = 24;

	private final Subscriptions subscriptions;

	private final PageModel page;

	private final Words words;

	PreviewReaders(Subscriptions subscriptions, PageModel page, Words words) {
		this.subscriptions = subscriptions;
		this.page = page;
		this.words = words;
	}

	/** For a choice of few. */
	List<Choice> samples() {
		List<Choice> choices = new ArrayList<>();
		for (Recipient sample : Samples.recipients()) {
			String name = sample.subscriber().name();
			choices.add(new Choice("s" + choices.size(),
					name.isEmpty() ? this.words.say("editor.reader.nameless") : shortened(name)));
		}
		return choices;
	}

	private static String shortened(String name) {
		return (name.length() <= LONGEST) ? name : name.substring(0, LONGEST).strip() + "…";
	}

	/**
	 * The choice that a form makes: an address goes before a sample.
	 * @throws Problem when it is none, or nobody's
	 */
	PreviewChoice chosen(EditorForm form) {
		if (form.address().isEmpty() || !this.page.visitor().admin()) {
			return form.choice();
		}
		return this.subscriptions.find(EmailAddress.parse(form.address()))
			.map((subscriber) -> form.choice().readBy(subscriber.id()))
			.orElseThrow(() -> Problem.usage(this.words.say("editor.reader.unknown")));
	}

	/** The subscriber of a choice, for who may know. */
	Optional<Subscriber> subscriber(PreviewChoice choice) {
		return (choice.ofSubscriber() && this.page.visitor().admin()) ? this.subscriptions.find(choice.number())
				: Optional.empty();
	}

	Recipient recipient(PreviewChoice choice, int issueId) {
		List<Recipient> samples = Samples.recipients();
		int number = choice.ofSubscriber() ? 0 : Math.min(choice.number(), samples.size() - 1);
		Subscriber shown = subscriber(choice)
			.map((subscriber) -> new Subscriber(0, subscriber.address(), subscriber.name()))
			.orElse(samples.get(number).subscriber());
		return new Recipient(new DeliveryKey(issueId, 0), shown);
	}

	/** One reader to choose. */
	public record Choice(String key, String label) {
	}

}
