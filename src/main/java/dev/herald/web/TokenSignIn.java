package dev.herald.web;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.herald.account.ApiTokens;

/** Signs a program in by its token (RFC 6750), for this request alone. */
final class TokenSignIn extends OncePerRequestFilter {

	private static final String SCHEME = "bearer ";

	private final ApiTokens tokens;

	TokenSignIn(ApiTokens tokens) {
		this.tokens = tokens;
	}

	static boolean isOffered(HttpServletRequest request) {
		String offered = request.getHeader(HttpHeaders.AUTHORIZATION);
		return offered != null && offered.toLowerCase(Locale.ROOT).startsWith(SCHEME);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String offered = request.getHeader(HttpHeaders.AUTHORIZATION).substring(SCHEME.length()).strip();
		Optional<ApiTokens.Bearer> bearer = this.tokens.accept(offered);
		if (bearer.isEmpty()) {
			response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Herald\", error=\"invalid_token\"");
			response.sendError(HttpStatus.UNAUTHORIZED.value());
			return;
		}
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(new SignedIn(bearer.get().account(), bearer.get().token())
			.with(bearer.get().account().role().authority()));
		SecurityContextHolder.setContext(context);
		chain.doFilter(request, response);
	}

}
