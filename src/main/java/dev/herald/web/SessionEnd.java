package dev.herald.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells whose session is over why a page asks to sign in: the account was disabled, its
 * password changed, or the session is too old.
 */
final class SessionEnd extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		SecurityContextHolder.getContext().getAuthentication();
		boolean ended = request.getAttribute(AccountSessions.ENDED) != null;
		if (ended && request.getHeader("HX-Request") == null) {
			response.sendRedirect(request.getContextPath() + Access.SIGN_IN + "?ended");
			return;
		}
		chain.doFilter(request, response);
	}

	/** Files that everybody may have need no look into the database. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String path = request.getServletPath();
		return path.startsWith("/webjars/") || path.endsWith(".css") || path.endsWith(".svg") || path.endsWith(".js");
	}

}
