package dev.herald.web;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * In the demo nobody has to sign in, so a page elsewhere must not reach it under a name
 * of its own that resolves to 127.0.0.1 (DNS rebinding): the Host must be this machine's.
 */
@Component
@Profile("demo")
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LocalHostOnly extends OncePerRequestFilter {

	private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (LOCAL.contains(request.getServerName())) {
			chain.doFilter(request, response);
			return;
		}
		response.setStatus(HttpServletResponse.SC_FORBIDDEN);
		response.setContentType("text/plain;charset=UTF-8");
		response.getWriter().println("The demo answers only as localhost or 127.0.0.1.");
	}

}
