package dev.herald.web;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

import dev.herald.bounce.MailboxVisits;
import dev.herald.bounce.MailboxVisits.Visit;
import dev.herald.problem.Sentence;

/** The bounce mailboxes of the settings, and whether they can be read. */
@Controller
@RequestMapping("/mailboxes")
class MailboxesController {

	private final MailboxVisits mailboxes;

	private final Words words;

	MailboxesController(MailboxVisits mailboxes, Words words) {
		this.mailboxes = mailboxes;
		this.words = words;
	}

	@GetMapping
	String list(Model model) {
		model.addAttribute("mailboxes", this.mailboxes.all());
		return "mailboxes";
	}

	/** Shown at once and kept nowhere: the answer is of this moment. */
	@PostMapping("/{name}/test")
	String test(@PathVariable String name, Model model) {
		Visit visit = this.mailboxes.visit(name);
		model.addAttribute("tested", name);
		if (visit instanceof Visit.Failed failed) {
			String key = "health.mailbox." + failed.trouble();
			model.addAttribute("failure", this.words.say(Sentence.of(key, name, failed.detail())));
			model.addAttribute("remedy", this.words.say(Sentence.of(key + ".do", name, failed.detail())));
		}
		else {
			model.addAttribute("good",
					this.words.say(Sentence.of("health.mailbox.good", name, ((Visit.Open) visit).mails())));
		}
		return list(model);
	}

}
