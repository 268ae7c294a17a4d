package dev.herald.account;

/** What an account may do; stored by name. ADMIN includes EDITOR. */
public enum Role {

	/** Newsletters, issues, sends and their counts; sees no addresses. */
	EDITOR,
	/** Also addresses, reports, the built-in mailbox and accounts. */
	ADMIN;

	/** Its name for Spring Security. */
	public String authority() {
		return "ROLE_" + name();
	}

}
