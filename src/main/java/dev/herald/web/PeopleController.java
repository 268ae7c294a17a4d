package dev.herald.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;
import dev.herald.problem.Problem;
import dev.herald.report.People;
import dev.herald.report.SubscriberHistory;
import dev.herald.subscriber.Profiles;
import dev.herald.subscriber.Subscriber;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.Suppressions;

/** Subscribers by address, and all that is on record about one of them. For admins. */
@Controller
@RequestMapping("/subscribers")
class PeopleController {

	private static final int ON_A_PAGE = 100;

	private final People people;

	private final Subscriptions subscriptions;

	private final Profiles profiles;

	private final Suppressions suppressions;

	private final SubscriberHistory history;

	private final Newsletters newsletters;

	private final Words words;

	PeopleController(People people, Subscriptions subscriptions, Profiles profiles, Suppressions suppressions,
			SubscriberHistory history, Newsletters newsletters, Words words) {
		this.people = people;
		this.subscriptions = subscriptions;
		this.profiles = profiles;
		this.suppressions = suppressions;
		this.history = history;
		this.newsletters = newsletters;
		this.words = words;
	}

	@GetMapping
	String find(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "0") int after, Model model) {
		String text = q.strip();
		model.addAttribute("q", text);
		model.addAttribute("first", after <= 0);
		List<People.Found> found = text.isEmpty() ? List.of() : this.people.find(text, after, ON_A_PAGE + 1);
		boolean more = found.size() > ON_A_PAGE;
		List<People.Found> shown = more ? found.subList(0, ON_A_PAGE) : found;
		model.addAttribute("found", shown);
		if (more) {
			model.addAttribute("next", shown.get(ON_A_PAGE - 1).id());
		}
		return "people";
	}

	@GetMapping("/{id}")
	String person(@PathVariable int id, Model model) {
		Subscriber subscriber = this.subscriptions.find(id)
			.orElseThrow(() -> Problem.usage(this.words.say("person.nobody")));
		Map<Integer, Newsletter> byId = this.newsletters.all()
			.stream()
			.collect(Collectors.toMap(Newsletter::id, (newsletter) -> newsletter));
		model.addAttribute("subscriber", subscriber);
		model.addAttribute("known", this.profiles.find(id).isPresent());
		model.addAttribute("standings",
				this.subscriptions.standings(id)
					.stream()
					.map((standing) -> Map.of("newsletter", Objects.requireNonNull(byId.get(standing.newsletterId())),
							"standing", standing))
					.toList());
		this.suppressions.find(subscriber.address()).ifPresent((found) -> model.addAttribute("suppression", found));
		model.addAttribute("changes", this.suppressions.changes(subscriber.address()));
		model.addAttribute("suppressionNumber", this.suppressions.newest(subscriber.address()));
		model.addAttribute("consents", this.history.consents(subscriber.address()));
		model.addAttribute("mails", this.history.mails(id));
		model.addAttribute("bounces", this.history.bounces(subscriber.address()));
		return "person";
	}

}
