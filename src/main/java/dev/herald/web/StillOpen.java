package dev.herald.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.herald.account.Accounts;

/** Ends the session of an account that was disabled, at its next request. */
final class StillOpen extends OncePerRequestFilter {

	private final Accounts accounts;

	StillOpen(Accounts accounts) {
		this.accounts = accounts;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication who = SecurityContextHolder.getContext().getAuthentication();
		if (who != null && !(who instanceof AnonymousAuthenticationToken) && !open(who)) {
			HttpSession session = request.getSession(false);
			if (session != null) {
				session.invalidate();
			}
			SecurityContextHolder.clearContext();
			response.sendRedirect(request.getContextPath() + Access.SIGN_IN + "?ended");
			return;
		}
		chain.doFilter(request, response);
	}

	private boolean open(Authentication who) {
		return this.accounts.find(who.getName())
			.filter((account) -> account.enabled() && who.getAuthorities()
				.stream()
				.anyMatch((authority) -> account.role().authority().equals(authority.getAuthority())))
			.isPresent();
	}

	/** Files that everybody may have need no look into the database. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getServletPath();
		return path.startsWith("/webjars/") || path.endsWith(".css") || path.endsWith(".svg");
	}

}
