package dev.herald.web;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;

import dev.herald.account.Account;
import dev.herald.account.Accounts;
import dev.herald.account.Role;
import dev.herald.account.SignInSettings;

/**
 * Who is signed in, kept in a session as the number of the account and a few texts: what
 * the account may do is read anew at each request, so that nothing in a session grows
 * old, and no class of Spring Security has to be readable after an upgrade. Thread-safe.
 */
@Component
class AccountSessions implements SecurityContextRepository {

	/** On a request whose session has just ended. */
	static final String ENDED = AccountSessions.class.getName() + ".ended";

	/** The address that the session began from, and the browser's name of itself. */
	static final String CLIENT = "client";

	static final String BROWSER = "browser";

	private static final String ACCOUNT = "account";

	private static final String GENERATION = "generation";

	private static final String CODE_GIVEN = "code-given";

	private static final int MAX_BROWSER = 200;

	private final Accounts accounts;

	private final SignInSettings settings;

	private final Clock clock;

	AccountSessions(Accounts accounts, SignInSettings settings, Clock clock) {
		this.accounts = accounts;
		this.settings = settings;
		this.clock = clock;
	}

	/** Looked up when somebody asks, and not for each stylesheet. */
	@Override
	public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
		return new Deferred(request);
	}

	@Override
	@SuppressWarnings({ "deprecation", "InlineMeSuggester" })
	@Deprecated
	public SecurityContext loadContext(HttpRequestResponseHolder holder) {
		return loadDeferredContext(holder.getRequest()).get();
	}

	/** By Spring Security, when a password was right, and when somebody has left. */
	@Override
	public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
		Authentication who = context.getAuthentication();
		if (who != null) {
			this.accounts.find(who.getName()).ifPresent((account) -> begin(request, account, false));
		}
	}

	/**
	 * A session of this account from now on, with nothing of the one before.
	 * @param codeGiven whether the second factor is shown too
	 */
	void begin(HttpServletRequest request, Account account, boolean codeGiven) {
		HttpSession old = request.getSession(false);
		if (old != null) {
			old.invalidate();
		}
		HttpSession session = request.getSession();
		session.setMaxInactiveInterval((int) this.settings.idle().toSeconds());
		session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, String.valueOf(account.id()));
		session.setAttribute(ACCOUNT, String.valueOf(account.id()));
		session.setAttribute(GENERATION, String.valueOf(account.sessionGeneration()));
		session.setAttribute(CLIENT, request.getRemoteAddr());
		session.setAttribute(BROWSER, browser(request));
		if (codeGiven) {
			session.setAttribute(CODE_GIVEN, "yes");
		}
	}

	/**
	 * Keeps who asks signed in where a change of the account has just ended all sessions.
	 */
	void beginAnew(HttpServletRequest request, Account changed) {
		this.accounts.byId(changed.id()).ifPresent((account) -> begin(request, account, true));
	}

	private static String browser(HttpServletRequest request) {
		String name = request.getHeader("User-Agent");
		return (name == null) ? "" : name.substring(0, Math.min(MAX_BROWSER, name.length()));
	}

	@Override
	public boolean containsContext(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return session != null && session.getAttribute(ACCOUNT) != null;
	}

	/** Of the session that the request has now. */
	Optional<Account> accountOf(HttpServletRequest request) {
		Authentication who = load(request).getAuthentication();
		return (who != null && who.getPrincipal() instanceof SignedIn signedIn) ? Optional.of(signedIn.account())
				: Optional.empty();
	}

	private SecurityContext load(HttpServletRequest request) {
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		HttpSession session = request.getSession(false);
		String number = (session != null) ? text(session, ACCOUNT) : null;
		if (session != null && number != null) {
			Optional<Account> account = this.accounts.byId(Integer.parseInt(number))
				.filter((found) -> isOpen(session, found));
			if (account.isEmpty()) {
				request.setAttribute(ENDED, true);
				session.invalidate();
			}
			account.map((found) -> authentication(session, found)).ifPresent(context::setAuthentication);
		}
		return context;
	}

	private boolean isOpen(HttpSession session, Account account) {
		Instant oldest = this.clock.instant().minus(this.settings.longest());
		return account.enabled() && String.valueOf(account.sessionGeneration()).equals(session.getAttribute(GENERATION))
				&& Instant.ofEpochMilli(session.getCreationTime()).isAfter(oldest);
	}

	private Authentication authentication(HttpSession session, Account account) {
		SignedIn signedIn = new SignedIn(account, "");
		if (account.totp() && session.getAttribute(CODE_GIVEN) == null) {
			return signedIn.with(SignedIn.CODE_OUTSTANDING);
		}
		boolean needed = this.settings.adminTotp() && account.role() == Role.ADMIN && !account.totp();
		return signedIn.with(needed ? SignedIn.TOTP_NEEDED : account.role().authority());
	}

	private static @Nullable String text(HttpSession session, String name) {
		return (session.getAttribute(name) instanceof String text) ? text : null;
	}

	private final class Deferred implements DeferredSecurityContext {

		private final HttpServletRequest request;

		private @Nullable SecurityContext loaded;

		Deferred(HttpServletRequest request) {
			this.request = request;
		}

		@Override
		public SecurityContext get() {
			SecurityContext context = this.loaded;
			if (context == null) {
				context = load(this.request);
				this.loaded = context;
			}
			return context;
		}

		@Override
		public boolean isGenerated() {
			return get().getAuthentication() == null;
		}

	}

}
