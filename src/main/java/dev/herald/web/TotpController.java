package dev.herald.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

import dev.herald.account.Account;
import dev.herald.account.SecondFactor;
import dev.herald.problem.Problem;
import dev.herald.settings.Installation;

/** Setting up and taking away the second factor of one's own account. */
@Controller
@RequestMapping(Access.TOTP)
class TotpController {

	/** In the session, from the first look at the page until the code is right. */
	private static final String SECRET = "totp-secret";

	private final OwnAccount own;

	private final SecondFactor secondFactor;

	private final AccountSessions sessions;

	private final Installation installation;

	private final Words words;

	TotpController(OwnAccount own, SecondFactor secondFactor, AccountSessions sessions, Installation installation,
			Words words) {
		this.own = own;
		this.secondFactor = secondFactor;
		this.sessions = sessions;
		this.installation = installation;
		this.words = words;
	}

	/** The secret of a factor that is set up is never shown again. */
	@GetMapping
	ModelAndView form(HttpServletRequest request) {
		Account account = this.own.require();
		if (account.totp()) {
			return new ModelAndView("account-totp", Map.of("account", account));
		}
		return setUp(account, secret(request), HttpStatus.OK);
	}

	private ModelAndView setUp(Account account, String secret, HttpStatus status) {
		String readable = SecondFactor.readable(secret);
		return new ModelAndView("account-totp",
				Map.of("account", account, "secret", readable.replaceAll("(.{4})(?=.)", "$1 "), "qr",
						QrCode.of(address(account, readable)), "needed", SignedIn.currentHas(SignedIn.TOTP_NEEDED)),
				status);
	}

	private static String secret(HttpServletRequest request) {
		HttpSession session = request.getSession();
		if (session.getAttribute(SECRET) instanceof String begun) {
			return begun;
		}
		String secret = SecondFactor.newSecret();
		session.setAttribute(SECRET, secret);
		return secret;
	}

	/** As authenticator apps read it; they show the issuer and the account. */
	private String address(Account account, String secret) {
		String issuer = "Herald " + this.installation.baseUrl().getHost();
		return "otpauth://totp/%s:%s?secret=%s&issuer=%s".formatted(encode(issuer), encode(account.address().value()),
				secret, encode(issuer));
	}

	private static String encode(String text) {
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

	@PostMapping
	ModelAndView enable(@RequestParam(defaultValue = "") String code, HttpServletRequest request) {
		Account account = this.own.require();
		if (account.totp()) {
			throw Problem.usage(this.words.say("totp.there"));
		}
		String secret = secret(request);
		Optional<List<String>> codes = this.secondFactor.enable(account, secret, code);
		if (codes.isEmpty()) {
			return setUp(account, secret, HttpStatus.BAD_REQUEST).addObject("problem", this.words.say("totp.wrong"));
		}
		this.sessions.beginAnew(request, account);
		return new ModelAndView("account-codes", Map.of("codes", codes.get()));
	}

	@PostMapping("/codes")
	ModelAndView renewCodes(@RequestParam(defaultValue = "") String password, HttpServletRequest request) {
		try {
			Account account = this.own.requireWith(password, request);
			return new ModelAndView("account-codes", Map.of("codes", this.secondFactor.renewRecoveryCodes(account)));
		}
		catch (Problem ex) {
			return again(ex);
		}
	}

	@PostMapping("/remove")
	ModelAndView remove(@RequestParam(defaultValue = "") String password, HttpServletRequest request,
			RedirectAttributes flash) {
		try {
			this.secondFactor.remove(this.own.requireWith(password, request).id());
			flash.addFlashAttribute("done", this.words.say("totp.removed"));
			return new ModelAndView("redirect:/account");
		}
		catch (Problem ex) {
			return again(ex);
		}
	}

	private ModelAndView again(Problem problem) {
		return new ModelAndView("account-totp",
				Map.of("account", this.own.require(), "problem", this.words.say(problem)), HttpStatus.BAD_REQUEST);
	}

}
