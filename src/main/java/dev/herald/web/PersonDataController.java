package dev.herald.web;

import dev.herald.person.Erasure;
import dev.herald.person.KeptData;
import dev.herald.problem.Problem;
import dev.herald.subscriber.Profile;
import dev.herald.subscriber.Profiles;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What an admin does for a person who asks in another way: the copy of all data, and the
 * erasure. Both leave an entry in the audit log.
 */
@Controller
@RequestMapping("/subscribers/{id}")
class PersonDataController {

	private final Profiles profiles;

	private final KeptData keptData;

	private final Erasure erasure;

	private final Words words;

	PersonDataController(Profiles profiles, KeptData keptData, Erasure erasure, Words words) {
		this.profiles = profiles;
		this.keptData = keptData;
		this.erasure = erasure;
		this.words = words;
	}

	@PostMapping("/data")
	ResponseEntity<byte[]> data(@PathVariable int id) {
		return PersonData.download(this.keptData.copyOf(id).orElseThrow(this::nobody));
	}

	@GetMapping("/erase")
	String ask(@PathVariable int id, Model model) {
		Profile profile = this.profiles.find(id).orElseThrow(this::nobody);
		model.addAttribute("profile", profile);
		return "person-erase";
	}

	@PostMapping("/erase")
	String erase(@PathVariable int id, RedirectAttributes flash) {
		if (!this.erasure.erase(id)) {
			throw nobody();
		}
		flash.addFlashAttribute("done", this.words.say("person.erase.done"));
		return "redirect:/subscribers/" + id;
	}

	private Problem nobody() {
		return Problem.usage(this.words.say("person.nobody"));
	}

}
