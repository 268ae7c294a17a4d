package dev.herald.web;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;

import dev.herald.account.Account;
import dev.herald.account.SignIns;

/** What follows from each attempt to sign in with a password. */
final class SignInOutcome {

	private SignInOutcome() {
	}

	/** The page that was asked for, or first the code of the second factor. */
	static final class Success implements AuthenticationSuccessHandler {

		private final SignIns signIns;

		private final AccountSessions sessions;

		private final WantedPage wanted;

		Success(SignIns signIns, AccountSessions sessions, WantedPage wanted) {
			this.signIns = signIns;
			this.sessions = sessions;
			this.wanted = wanted;
		}

		@Override
		public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
				Authentication authentication) throws IOException {
			Optional<Account> account = this.sessions.accountOf(request);
			if (account.isEmpty()) {
				// Disabled since the password was looked at.
				response.sendRedirect(Access.SIGN_IN + "?ended");
			}
			else if (account.get().totp()) {
				response.sendRedirect(Access.CODE);
			}
			else {
				this.signIns.succeeded(request.getRemoteAddr(), account.get());
				response.sendRedirect(this.wanted.take(request, response));
			}
		}

	}

	/** Says the same whether the account is unknown, disabled or the password wrong. */
	static final class Failure extends SimpleUrlAuthenticationFailureHandler {

		private final SignIns signIns;

		Failure(SignIns signIns) {
			super(Access.SIGN_IN + "?wrong");
			setAllowSessionCreation(false);
			this.signIns = signIns;
		}

		@Override
		public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
				AuthenticationException cause) throws IOException, ServletException {
			String address = request.getParameter("address");
			this.signIns.failed(request.getRemoteAddr(), (address != null) ? address : "");
			super.onAuthenticationFailure(request, response, cause);
		}

	}

}
