package dev.herald.web;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;

import dev.herald.account.GuessingBrake;

/** Tells the brake how each attempt to sign in went. */
final class SignInOutcome {

	private SignInOutcome() {
	}

	private static String address(HttpServletRequest request) {
		String address = request.getParameter("address");
		return (address != null) ? address : "";
	}

	static final class Success extends SavedRequestAwareAuthenticationSuccessHandler {

		private final GuessingBrake brake;

		Success(GuessingBrake brake) {
			this.brake = brake;
		}

		@Override
		public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
				Authentication authentication) throws IOException, ServletException {
			this.brake.succeeded(request.getRemoteAddr(), address(request));
			super.onAuthenticationSuccess(request, response, authentication);
		}

	}

	/** Says the same whether the account is unknown, disabled or the password wrong. */
	static final class Failure extends SimpleUrlAuthenticationFailureHandler {

		private final GuessingBrake brake;

		Failure(GuessingBrake brake) {
			super(Access.SIGN_IN + "?wrong");
			this.brake = brake;
		}

		@Override
		public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
				AuthenticationException cause) throws IOException, ServletException {
			this.brake.failed(request.getRemoteAddr(), address(request));
			super.onAuthenticationFailure(request, response, cause);
		}

	}

}
