package dev.herald.cli;

import java.util.concurrent.Callable;

import dev.herald.account.Account;
import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SecondFactor;
import dev.herald.account.SignIns;
import dev.herald.problem.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The commands about accounts. Whoever may run them on the server needs no account: they
 * let locked-out people in.
 */
final class AccountCommands {

	private AccountCommands() {
	}

	static Object[] all(Console console, Beans beans) {
		return new Object[] { new Add(console, beans), new ListAll(console, beans), new Password(console, beans),
				new Enable(console, beans), new Disable(console, beans), new RoleChange(console, beans),
				new TotpReset(console, beans), new Unlock(console, beans) };
	}

	/** A command about the account of one address. */
	private abstract static class OfOne implements Callable<Integer> {

		private final Console console;

		private final Beans beans;

		@Parameters(index = "0", paramLabel = "ADDRESS", description = "Of the account.")
		private String address = "";

		OfOne(Console console, Beans beans) {
			this.console = console;
			this.beans = beans;
		}

		@Override
		public Integer call() {
			Account account = accounts().find(this.address)
				.orElseThrow(() -> Problem.usage("There is no account with this address. See: herald account list"));
			this.console.print(account.address().value() + " " + change(account) + ".");
			return 0;
		}

		/** Does it, and says what is true then. */
		abstract String change(Account account);

		Accounts accounts() {
			return this.beans.get(Accounts.class);
		}

		Console console() {
			return this.console;
		}

		Beans beans() {
			return this.beans;
		}

	}

	@Command(name = "add", description = "Makes an account; asks for its password, or reads it from standard input.",
			footer = { "", "Example:", "  herald account add ann@example.org --role editor" })
	private static final class Add implements Callable<Integer> {

		private final Console console;

		private final Beans beans;

		@Parameters(paramLabel = "ADDRESS", description = "Of the person.")
		private String address = "";

		@Option(names = "--role", defaultValue = "EDITOR", paramLabel = "editor|admin",
				description = "Default: editor.")
		private Role role = Role.EDITOR;

		Add(Console console, Beans beans) {
			this.console = console;
			this.beans = beans;
		}

		@Override
		public Integer call() {
			Accounts accounts = this.beans.get(Accounts.class);
			if (accounts.find(this.address).isPresent()) {
				throw Problem.usage("There is an account with this address already. See: herald account list");
			}
			Account made = accounts.create(this.address, PasswordPrompt.read(this.console), this.role);
			this.console.print("%s can sign in as %s.".formatted(made.address().value(), this.role));
			return 0;
		}

	}

	@Command(name = "list", description = "Lists the accounts.", footer = { "", "Example:", "  herald account list" })
	private static final class ListAll implements Callable<Integer> {

		private final Console console;

		private final Beans beans;

		ListAll(Console console, Beans beans) {
			this.console = console;
			this.beans = beans;
		}

		@Override
		public Integer call() {
			Accounts accounts = this.beans.get(Accounts.class);
			accounts.all()
				.forEach((account) -> this.console.print("%-40s  %-6s  %-8s  %s".formatted(account.address().value(),
						account.role(), account.enabled() ? "enabled" : "disabled",
						account.totp() ? "second factor" : "password only")));
			if (accounts.none()) {
				this.console.print("There is no account. Make the first one: herald account add ADDRESS --role admin");
			}
			return 0;
		}

	}

	@Command(name = "password",
			description = "Sets a new password, asked for or from standard input; ends all sessions.",
			footer = { "", "Example:", "  herald account password ann@example.org" })
	private static final class Password extends OfOne {

		Password(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		String change(Account account) {
			accounts().setPassword(account.id(), PasswordPrompt.read(console()));
			return "has a new password and is signed out everywhere";
		}

	}

	@Command(name = "enable", description = "Lets a disabled account sign in again.",
			footer = { "", "Example:", "  herald account enable ann@example.org" })
	private static final class Enable extends OfOne {

		Enable(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		String change(Account account) {
			accounts().setEnabled(account.id(), true);
			return "can sign in";
		}

	}

	@Command(name = "disable", description = "Lets nobody sign in with it any more, and ends its sessions.",
			footer = { "", "Example:", "  herald account disable ann@example.org" })
	private static final class Disable extends OfOne {

		Disable(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		String change(Account account) {
			accounts().setEnabled(account.id(), false);
			return "is disabled";
		}

	}

	@Command(name = "role", description = "Changes what an account may do.",
			footer = { "", "Example:", "  herald account role ann@example.org admin" })
	private static final class RoleChange extends OfOne {

		@Parameters(index = "1", paramLabel = "editor|admin", description = "Its new role.")
		private Role role = Role.EDITOR;

		RoleChange(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		String change(Account account) {
			accounts().setRole(account.id(), this.role);
			return "is " + this.role;
		}

	}

	@Command(name = "totp-reset",
			description = "Takes the second factor away, for who has lost the app and the recovery codes.",
			footer = { "", "Example:", "  herald account totp-reset ann@example.org" })
	private static final class TotpReset extends OfOne {

		TotpReset(Console console, Beans beans) {
			super(console, beans);
		}

		@Override
		String change(Account account) {
			beans().get(SecondFactor.class).remove(account.id());
			return "signs in with the password alone";
		}

	}

	@Command(name = "unlock",
			description = "Forgets the wrong passwords and codes of the last hour, so that everybody can try at once.",
			footer = { "", "Example:", "  herald account unlock" })
	private static final class Unlock implements Callable<Integer> {

		private final Console console;

		private final Beans beans;

		Unlock(Console console, Beans beans) {
			this.console = console;
			this.beans = beans;
		}

		@Override
		public Integer call() {
			this.console.print(this.beans.get(SignIns.class).unlock() ? "Everybody can sign in at once again."
					: "Nobody was kept waiting.");
			return 0;
		}

	}

}
