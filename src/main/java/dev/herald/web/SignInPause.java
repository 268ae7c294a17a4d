package dev.herald.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

import dev.herald.account.SignIns;

/** Sends who guesses too fast back to the form, without looking at the password. */
final class SignInPause extends OncePerRequestFilter {

	private final SignIns signIns;

	SignInPause(SignIns signIns) {
		this.signIns = signIns;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String address = request.getParameter("address");
		Optional<Duration> pause = this.signIns.pause(request.getRemoteAddr(), (address != null) ? address : "");
		if (pause.isPresent()) {
			response
				.sendRedirect(request.getContextPath() + Access.SIGN_IN + "?pause=" + (pause.get().toSeconds() + 1));
			return;
		}
		chain.doFilter(request, response);
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !("POST".equals(request.getMethod()) && Access.SIGN_IN.equals(request.getServletPath()));
	}

}
