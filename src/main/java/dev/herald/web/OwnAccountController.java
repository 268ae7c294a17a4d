package dev.herald.web;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

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

import dev.herald.account.Account;
import dev.herald.account.Accounts;
import dev.herald.account.ApiTokens;
import dev.herald.account.SecondFactor;
import dev.herald.problem.Problem;

/** One's own account: language, zone, password, tokens and sessions. */
@Controller
@RequestMapping("/account")
class OwnAccountController {

	private final OwnAccount own;

	private final Accounts accounts;

	private final SecondFactor secondFactor;

	private final ApiTokens tokens;

	private final AccountSessions sessions;

	private final OpenSessions open;

	private final Words words;

	OwnAccountController(OwnAccount own, Accounts accounts, SecondFactor secondFactor, ApiTokens tokens,
			AccountSessions sessions, OpenSessions open, Words words) {
		this.own = own;
		this.accounts = accounts;
		this.secondFactor = secondFactor;
		this.tokens = tokens;
		this.sessions = sessions;
		this.open = open;
		this.words = words;
	}

	@GetMapping
	String show(HttpServletRequest request, Model model) {
		Account account = this.own.require();
		model.addAttribute("account", account);
		model.addAttribute("languages", AccountLocale.LANGUAGES);
		model.addAttribute("zones", Zones.names());
		model.addAttribute("tokens", this.tokens.of(account));
		model.addAttribute("recoveryCodes", this.secondFactor.recoveryCodesLeft(account));
		model.addAttribute("sessions", this.open.of(account, request));
		model.addAttribute("longest", ApiTokens.LONGEST);
		return "account";
	}

	private ModelAndView again(HttpServletRequest request, Model model, String part, Problem problem) {
		show(request, model);
		return new ModelAndView("account", Map.of(part + "Problem", this.words.say(problem)), HttpStatus.BAD_REQUEST);
	}

	@PostMapping("/preferences")
	String prefer(@RequestParam(defaultValue = "") String language, @RequestParam(defaultValue = "") String zone,
			RedirectAttributes flash) {
		this.accounts.setPreferences(this.own.require().id(), language(language), zone(zone));
		flash.addFlashAttribute("done", this.words.say("account.preferences.done"));
		return "redirect:/account";
	}

	private static @Nullable Locale language(String tag) {
		return AccountLocale.LANGUAGES.stream()
			.filter((known) -> known.toLanguageTag().equals(tag))
			.findFirst()
			.orElse(null);
	}

	private @Nullable ZoneId zone(String name) {
		return name.isBlank() ? null : SendRequest.zone(name, this.words);
	}

	@PostMapping("/password")
	ModelAndView changePassword(@RequestParam(defaultValue = "") String old,
			@RequestParam(defaultValue = "") String password, HttpServletRequest request, RedirectAttributes flash,
			Model model) {
		try {
			Account account = this.own.requireWith(old, request);
			this.accounts.setPassword(account.id(), password);
			this.sessions.beginAnew(request, account);
			flash.addFlashAttribute("done", this.words.say("account.password.done"));
			return new ModelAndView("redirect:/account");
		}
		catch (Problem ex) {
			return again(request, model, "password", ex);
		}
	}

	/** Shown in the answer itself: nothing keeps it for a page after a redirect. */
	@PostMapping("/tokens")
	ModelAndView createToken(@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "0") int days,
			HttpServletRequest request, Model model) {
		try {
			return new ModelAndView("account-token",
					Map.of("token", this.tokens.create(this.own.require(), name, days), "name", name.strip()));
		}
		catch (Problem ex) {
			model.addAttribute("tokenName", name);
			return again(request, model, "token", ex);
		}
	}

	@PostMapping("/tokens/{id}/revoke")
	String revokeToken(@PathVariable int id, RedirectAttributes flash) {
		this.tokens.revoke(this.own.require(), id);
		flash.addFlashAttribute("done", this.words.say("account.token.revoked"));
		return "redirect:/account";
	}

	@PostMapping("/sessions/{id}/end")
	String endSession(@PathVariable String id, HttpServletRequest request, RedirectAttributes flash) {
		this.open.end(this.own.require(), id, request);
		flash.addFlashAttribute("done", this.words.say("account.session.ended"));
		return "redirect:/account";
	}

	@PostMapping("/sessions/end")
	String endOtherSessions(HttpServletRequest request, RedirectAttributes flash) {
		this.open.endOthers(this.own.require(), request);
		flash.addFlashAttribute("done", this.words.say("account.sessions.ended"));
		return "redirect:/account";
	}

}
