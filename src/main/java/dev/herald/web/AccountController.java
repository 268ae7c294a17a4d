package dev.herald.web;

import java.util.Map;

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
import dev.herald.account.Role;
import dev.herald.account.SecondFactor;
import dev.herald.problem.Problem;

@Controller
@RequestMapping("/accounts")
class AccountController {

	private final Accounts accounts;

	private final SecondFactor secondFactor;

	private final Words words;

	AccountController(Accounts accounts, SecondFactor secondFactor, Words words) {
		this.accounts = accounts;
		this.secondFactor = secondFactor;
		this.words = words;
	}

	@GetMapping
	String list(Model model) {
		model.addAttribute("accounts", this.accounts.all());
		return "accounts";
	}

	@PostMapping
	ModelAndView add(@RequestParam(defaultValue = "") String address, @RequestParam(defaultValue = "") String password,
			@RequestParam(defaultValue = "EDITOR") Role role, RedirectAttributes flash) {
		try {
			Account account = this.accounts.create(address, password, role);
			flash.addFlashAttribute("done", this.words.say("accounts.added", account.address().value()));
			return new ModelAndView("redirect:/accounts");
		}
		catch (Problem ex) {
			return new ModelAndView("accounts", Map.of("accounts", this.accounts.all(), "address", address, "role",
					role, "problem", this.words.say(ex)), HttpStatus.BAD_REQUEST);
		}
	}

	@PostMapping("/{id}/disable")
	String disable(@PathVariable int id) {
		this.accounts.setEnabled(id, false);
		return "redirect:/accounts";
	}

	@PostMapping("/{id}/enable")
	String enable(@PathVariable int id) {
		this.accounts.setEnabled(id, true);
		return "redirect:/accounts";
	}

	@PostMapping("/{id}/role")
	String role(@PathVariable int id, @RequestParam Role role) {
		this.accounts.setRole(id, role);
		return "redirect:/accounts";
	}

	/** For who has lost both the app and the recovery codes. */
	@PostMapping("/{id}/totp-reset")
	String resetTotp(@PathVariable int id) {
		this.secondFactor.remove(id);
		return "redirect:/accounts";
	}

}
