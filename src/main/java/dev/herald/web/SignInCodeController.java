package dev.herald.web;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.herald.account.Account;
import dev.herald.account.SecondFactor;
import dev.herald.account.SignIns;
import dev.herald.settings.Installation;

/**
 * The second step of signing in: the code of an authenticator app, or a recovery code.
 */
@Controller
class SignInCodeController {

	private final SecondFactor secondFactor;

	private final SignIns signIns;

	private final AccountSessions sessions;

	private final WantedPage wanted;

	private final Words words;

	SignInCodeController(SecondFactor secondFactor, SignIns signIns, AccountSessions sessions,
			Installation installation, Words words) {
		this.secondFactor = secondFactor;
		this.signIns = signIns;
		this.sessions = sessions;
		this.wanted = new WantedPage(installation);
		this.words = words;
	}

	@GetMapping(Access.CODE)
	String form() {
		return SignedIn.currentHas(SignedIn.CODE_OUTSTANDING) ? "sign-in-code" : "redirect:/";
	}

	@PostMapping(Access.CODE)
	String check(@RequestParam(defaultValue = "") String code, HttpServletRequest request, HttpServletResponse response,
			Model model) {
		Optional<Account> outstanding = SignedIn.current()
			.map(SignedIn::account)
			.filter((account) -> SignedIn.currentHas(SignedIn.CODE_OUTSTANDING));
		if (outstanding.isEmpty()) {
			return "redirect:/";
		}
		Account account = outstanding.get();
		String client = request.getRemoteAddr();
		Optional<Duration> pause = this.signIns.pause(client, account.address().value());
		if (pause.isPresent()) {
			model.addAttribute("problem", this.words.say("sign-in.pause", this.words.until(pause.get())));
			return "sign-in-code";
		}
		if (!this.secondFactor.accepts(account, code)) {
			this.signIns.failed(client, account.address().value());
			model.addAttribute("problem", this.words.say("sign-in.code.wrong"));
			return "sign-in-code";
		}
		this.sessions.begin(request, account, true);
		this.signIns.succeeded(client, account);
		return "redirect:" + this.wanted.take(request, response);
	}

}
