package dev.herald.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import dev.herald.address.EmailAddress;
import dev.herald.address.InvalidAddressException;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Subscriptions;
import dev.herald.subscriber.SuppressionReason;
import dev.herald.subscriber.Suppressions;

/**
 * Addresses that get nothing: found, added, lifted, each with its history. An address is
 * named in those of pages by the number of a change. For admins.
 */
@Controller
@RequestMapping("/suppressions")
class SuppressionsController {

	private static final int ON_A_PAGE = 100;

	private final Suppressions suppressions;

	private final Subscriptions subscriptions;

	private final PageModel page;

	private final Words words;

	SuppressionsController(Suppressions suppressions, Subscriptions subscriptions, PageModel page, Words words) {
		this.suppressions = suppressions;
		this.subscriptions = subscriptions;
		this.page = page;
		this.words = words;
	}

	@GetMapping
	String list(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "0") long after, Model model) {
		fill(q.strip(), after, model);
		return "suppressions";
	}

	private void fill(String text, long after, Model model) {
		List<Suppressions.Listed> found = this.suppressions.page(text, after, ON_A_PAGE + 1);
		model.addAttribute("q", text);
		model.addAttribute("first", after <= 0);
		model.addAttribute("found", found.subList(0, Math.min(ON_A_PAGE, found.size())));
		if (found.size() > ON_A_PAGE) {
			model.addAttribute("next", found.get(ON_A_PAGE - 1).number());
		}
	}

	@PostMapping
	ModelAndView add(@RequestParam(defaultValue = "") String address, @RequestParam(defaultValue = "") String reason,
			Model model, RedirectAttributes flash) {
		Map<String, String> wrong = new LinkedHashMap<>();
		Optional<EmailAddress> wanted = parse(address, wrong);
		wrongReason(reason).ifPresent((said) -> wrong.put("reason", said));
		if (wanted.isEmpty() || !wrong.isEmpty()) {
			fill("", 0, model);
			return new ModelAndView("suppressions", Map.of("address", address, "reason", reason, "wrong", wrong),
					HttpStatus.BAD_REQUEST);
		}
		boolean suppressed = this.suppressions.suppress(wanted.get(), SuppressionReason.ADMIN, reason,
				this.page.visitor().name());
		if (suppressed) {
			return done(flash, wanted.get(), "suppressions.added");
		}
		flash.addFlashAttribute("problem", this.words.say("suppressions.already"));
		return redirect(wanted.get());
	}

	private Optional<EmailAddress> parse(String address, Map<String, String> wrong) {
		try {
			return Optional.of(EmailAddress.parse(address));
		}
		catch (InvalidAddressException ex) {
			wrong.put("address", this.words.say(ex));
			return Optional.empty();
		}
	}

	private Optional<String> wrongReason(String reason) {
		if (reason.isBlank()) {
			return Optional.of(this.words.say("form.needed"));
		}
		return (reason.length() > Suppressions.MAX_EVIDENCE)
				? Optional.of(this.words.say("form.long", Suppressions.MAX_EVIDENCE)) : Optional.empty();
	}

	/** One address: whether it is suppressed, and all that happened to it. */
	@GetMapping("/{id}")
	String address(@PathVariable long id, Model model) {
		fill(require(id), id, model);
		return "suppression";
	}

	private void fill(EmailAddress address, long number, Model model) {
		model.addAttribute("address", address);
		model.addAttribute("number", number);
		this.suppressions.find(address).ifPresent((found) -> model.addAttribute("suppression", found));
		this.subscriptions.find(address).ifPresent((found) -> model.addAttribute("subscriber", found));
		model.addAttribute("changes", this.suppressions.changes(address));
	}

	@PostMapping("/{id}/lift")
	ModelAndView lift(@PathVariable long id, @RequestParam(defaultValue = "") String reason, Model model,
			RedirectAttributes flash) {
		EmailAddress address = require(id);
		Optional<String> wrong = wrongReason(reason);
		if (wrong.isPresent()) {
			fill(address, id, model);
			return new ModelAndView("suppression", Map.of("reason", reason, "wrong", Map.of("reason", wrong.get())),
					HttpStatus.BAD_REQUEST);
		}
		if (this.suppressions.lift(address, reason, this.page.visitor().name()).isPresent()) {
			return done(flash, address, "suppressions.lifted");
		}
		flash.addFlashAttribute("problem", this.words.say("suppressions.none"));
		return redirect(address);
	}

	/** Takes back what was changed last. */
	@PostMapping("/{id}/undo")
	ModelAndView undo(@PathVariable long id, RedirectAttributes flash) {
		EmailAddress address = require(id);
		boolean done = this.suppressions.takeBack(id, this.page.visitor().name());
		flash.addFlashAttribute(done ? "done" : "problem",
				this.words.say(done ? "suppressions.undone" : "suppressions.overtaken"));
		return redirect(address);
	}

	private EmailAddress require(long number) {
		return this.suppressions.addressOf(number)
			.orElseThrow(() -> Problem.usage(this.words.say("suppressions.nobody")));
	}

	private ModelAndView done(RedirectAttributes flash, EmailAddress address, String word) {
		flash.addFlashAttribute("done", this.words.say(word, address.value()));
		flash.addFlashAttribute("undoPath", "/suppressions/" + this.suppressions.newest(address) + "/undo");
		return redirect(address);
	}

	private ModelAndView redirect(EmailAddress address) {
		return new ModelAndView("redirect:/suppressions/" + this.suppressions.newest(address));
	}

}
