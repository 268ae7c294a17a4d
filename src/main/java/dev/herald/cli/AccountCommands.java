package dev.herald.cli;

import java.util.function.BiConsumer;

import dev.herald.account.Account;
import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SecondFactor;
import dev.herald.account.SignIns;
import dev.herald.problem.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whoever may run these on the server needs no account: they let locked-out people in. */
@Command(name = "account", description = "Who signs in: accounts, passwords, roles, the second factor.")
final class AccountCommands {

	private final Console console;

	private final Beans beans;

	AccountCommands(Console console, Beans beans) {
		this.console = console;
		this.beans = beans;
	}

	private Accounts accounts() {
		return this.beans.get(Accounts.class);
	}

	@Command(name = "add", description = "Makes an account; asks for its password, or reads it from standard input.",
			footer = { "", "Example:", "  herald account add ann@example.org --role editor" })
	int add(@Parameters(paramLabel = "ADDRESS", description = "Of the person.") String address,
			@Option(names = "--role", defaultValue = "EDITOR", paramLabel = "editor|admin",
					description = "Default: editor.") Role role) {
		if (accounts().find(address).isPresent()) {
			throw Problem.usage("There is an account with this address already. See: herald account list");
		}
		Account made = accounts().create(address, PasswordPrompt.read(this.console), role);
		this.console.print("%s can sign in as %s.".formatted(made.address().value(), role));
		return 0;
	}

	@Command(name = "list", description = "Lists the accounts.", footer = { "", "Example:", "  herald account list" })
	int list() {
		accounts().all()
			.forEach((account) -> this.console.print("%-40s  %-6s  %-8s  %s".formatted(account.address().value(),
					account.role(), account.enabled() ? "enabled" : "disabled",
					account.totp() ? "second factor" : "password only")));
		if (accounts().none()) {
			this.console.print("There is no account. Make the first one: herald account add ADDRESS --role admin");
		}
		return 0;
	}

	@Command(name = "password", description = "Sets a new password, asked for or from standard input; ends all sessions.",
			footer = { "", "Example:", "  herald account password ann@example.org" })
	int password(@Parameters(paramLabel = "ADDRESS", description = "Of the account.") String address) {
		Account account = require(address);
		accounts().setPassword(account.id(), PasswordPrompt.read(this.console));
		this.console.print("%s has a new password and is signed out everywhere.".formatted(account.address().value()));
		return 0;
	}

	@Command(name = "disable", description = "Lets nobody sign in with it any more, and ends its sessions.",
			footer = { "", "Example:", "  herald account disable ann@example.org" })
	int disable(@Parameters(paramLabel = "ADDRESS", description = "Of the account.") String address) {
		return change(address, (accounts, account) -> accounts.setEnabled(account.id(), false), "is disabled");
	}

	@Command(name = "enable", description = "Lets a disabled account sign in again.",
			footer = { "", "Example:", "  herald account enable ann@example.org" })
	int enable(@Parameters(paramLabel = "ADDRESS", description = "Of the account.") String address) {
		return change(address, (accounts, account) -> accounts.setEnabled(account.id(), true), "can sign in");
	}

	@Command(name = "role", description = "Changes what an account may do.",
			footer = { "", "Example:", "  herald account role ann@example.org admin" })
	int role(@Parameters(paramLabel = "ADDRESS", description = "Of the account.") String address,
			@Parameters(paramLabel = "editor|admin", description = "Its new role.") Role role) {
		return change(address, (accounts, account) -> accounts.setRole(account.id(), role), "is " + role);
	}

	@Command(name = "totp-reset",
			description = "Takes the second factor away, for who has lost the app and the recovery codes.",
			footer = { "", "Example:", "  herald account totp-reset ann@example.org" })
	int resetTotp(@Parameters(paramLabel = "ADDRESS", description = "Of the account.") String address) {
		return change(address, (accounts, account) -> this.beans.get(SecondFactor.class).remove(account.id()),
				"signs in with the password alone");
	}

	@Command(name = "unlock",
			description = "Forgets the wrong passwords and codes of the last hour, so that everybody can try at once.",
			footer = { "", "Example:", "  herald account unlock" })
	int unlock() {
		this.console.print(this.beans.get(SignIns.class).unlock() ? "Everybody can sign in at once again."
				: "Nobody was kept waiting.");
		return 0;
	}

	private int change(String address, BiConsumer<Accounts, Account> action, String outcome) {
		Account account = require(address);
		action.accept(accounts(), account);
		this.console.print("%s %s.".formatted(account.address().value(), outcome));
		return 0;
	}

	private Account require(String address) {
		return accounts().find(address)
			.orElseThrow(() -> Problem.usage("There is no account with this address. See: herald account list"));
	}

	static CommandLine commands(Console console, Beans beans) {
		return new CommandLine(new AccountCommands(console, beans));
	}

}
