package dev.herald.web;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.herald.person.PersonRequests;
import dev.herald.person.PersonRequests.Asked;
import dev.herald.person.PersonRequests.Result;
import dev.herald.settings.Installation;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The link in the mail that confirms what a reader asked for: GET and HEAD show one
 * button, POST does it.
 */
@Controller
class ReaderRequestController {

	private static final String PATH = "/u/{token}/request";

	private final PersonRequests requests;

	private final Installation installation;

	private final ReaderLanguages languages;

	ReaderRequestController(PersonRequests requests, Installation installation, ReaderLanguages languages) {
		this.languages = languages;
		this.requests = requests;
		this.installation = installation;
	}

	@GetMapping(PATH)
	ModelAndView show(@PathVariable String token, HttpServletRequest request) {
		Optional<Asked> asked = this.requests.asked(token);
		return page(asked, asked.isPresent() ? "ask" : "gone", HttpStatus.OK, request);
	}

	@PostMapping(PATH)
	Object confirm(@PathVariable String token, HttpServletRequest request) {
		Optional<Asked> asked = this.requests.asked(token);
		return this.requests.confirm(token).<Object>map((result) -> {
			if (result instanceof Result.Data data) {
				return PersonData.download(data.data());
			}
			return (result instanceof Result.Done) ? page(asked, "done", HttpStatus.OK, request)
					: (result instanceof Result.Taken) ? page(asked, "taken", HttpStatus.CONFLICT, request)
							: page(asked, "over", HttpStatus.GONE, request);
		}).orElseGet(() -> page(Optional.empty(), "gone", HttpStatus.OK, request));
	}

	/**
	 * @param what as the words name it
	 */
	private ModelAndView page(Optional<Asked> asked, String what, HttpStatus status, HttpServletRequest request) {
		Map<String, Object> model = new HashMap<>();
		Locale language = asked.map(Asked::language).orElseGet(() -> this.languages.of(null, request, Locale.ENGLISH));
		boolean late = what.equals("ask") && asked.isPresent() && !asked.get().open();
		model.put("words", this.languages.words(ReaderLanguages.PREFERENCES, language));
		model.put("what", late ? "over" : what);
		model.put("host", this.installation.baseUrl().getHost());
		asked.ifPresent((present) -> {
			model.put("kind", present.kind().name().toLowerCase(Locale.ROOT));
			model.put("newsletter", present.newsletter());
			model.put("address", present.address());
		});
		HttpStatus shown = asked.isEmpty() ? HttpStatus.NOT_FOUND : late ? HttpStatus.GONE : status;
		return new ModelAndView("reader-request", model, shown);
	}

}
