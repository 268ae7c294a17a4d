package dev.herald.web;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;

import dev.herald.account.ApiTokens;
import dev.herald.account.Role;
import dev.herald.account.SignIns;
import dev.herald.settings.Installation;

/** Who may ask for what. Every address that is not named here is denied. */
@Configuration(proxyBeanMethods = false)
class Access {

	static final String SIGN_IN = "/sign-in";

	/** Where the code of the second factor is asked for. */
	static final String CODE = "/sign-in/code";

	static final String TOTP = "/account/totp";

	/** Open to everybody, beside the unsubscribe page with its rules of its own. */
	private static final String[] PUBLIC = { SIGN_IN, "/setup", "/error", "/herald.css", "/charts.js", "/editor.js",
			"/favicon.svg", "/favicon.ico", "/webjars/**", "/actuator/health" };

	/**
	 * Whatever shows an address of a reader, the accounts, and figures of the machine.
	 */
	private static final String[] ADMIN_ONLY = { "/deliveries/**", "/review/**", "/suppressions/**", "/accounts/**",
			"/audit", "/mailbox/**", "/newsletters/*/subscribers/imports/**", "/newsletters/*/subscribers/export",
			"/newsletters/*/issues/*/report/**", "/newsletters/*/issues/*/deliveries/**", "/newsletters/*/reports",
			"/subscribers/**", "/actuator/metrics/**", "/actuator/health/*", "/relays/**", "/health/**", "/jobs/**",
			"/mailboxes/**" };

	/** A program has no business with accounts, whatever its account may do. */
	private static final String[] NEVER_BY_TOKEN = { SIGN_IN + "/**", "/setup", "/account/**", "/accounts/**",
			"/audit" };

	/** Set on a request for an address that no rule names. */
	static final String UNNAMED = Access.class.getName() + ".unnamed";

	@Bean
	static RoleHierarchy roleHierarchy() {
		return RoleHierarchyImpl.withDefaultRolePrefix().role(Role.ADMIN.name()).implies(Role.EDITOR.name()).build();
	}

	@Bean
	SecurityFilterChain pages(HttpSecurity http, Environment environment, Installation installation,
			AccountSessions sessions, SignIns signIns) {
		if (environment.acceptsProfiles(Profiles.of("demo"))) {
			// The demo listens on loopback and asks nobody to sign in.
			http.anonymous((anonymous) -> anonymous.principal("demo").authorities(Role.ADMIN.authority()));
		}
		WantedPage wanted = new WantedPage(installation);
		return withHeaders(http, installation).authorizeHttpRequests(Access::rules)
			.securityContext((context) -> context.securityContextRepository(sessions))
			// Signing in begins a new session by itself. After Spring Security had
			// changed
			// the identifier, Spring Session 4.1.1 could not delete the old session by
			// it, and
			// went on with that: a planted one would have been signed in.
			.sessionManagement((management) -> management.sessionFixation((fixation) -> fixation.none()))
			.formLogin((form) -> form.loginPage(SIGN_IN)
				.usernameParameter("address")
				.successHandler(new SignInOutcome.Success(signIns, sessions, wanted))
				.failureHandler(new SignInOutcome.Failure(signIns)))
			.logout((logout) -> logout.logoutUrl("/sign-out").logoutSuccessUrl(SIGN_IN + "?left"))
			.requestCache((cache) -> cache.requestCache(wanted))
			.csrf((csrf) -> csrf.csrfTokenRepository(formTokens(installation)))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(new AskToSignIn())
				.accessDeniedHandler(Access::denied))
			.addFilterBefore(new SignInPause(signIns), UsernamePasswordAuthenticationFilter.class)
			.build();
	}

	/**
	 * Programs that show a token: they read, and no session is made. Behind the webhooks,
	 * some of whose providers show a token of their own.
	 */
	@Bean
	@Order(40)
	SecurityFilterChain programs(HttpSecurity http, Installation installation, ApiTokens tokens) {
		return withHeaders(http, installation).securityMatcher(TokenSignIn::isOffered)
			.authorizeHttpRequests((requests) -> {
				requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR).permitAll();
				requests.requestMatchers(NEVER_BY_TOKEN).denyAll();
				requests.requestMatchers((request) -> !"GET".equals(request.getMethod())).denyAll();
				rules(requests);
			})
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.requestCache(AbstractHttpConfigurer::disable)
			// A form elsewhere can't make a browser send this header.
			.csrf(AbstractHttpConfigurer::disable)
			.exceptionHandling((handling) -> handling.accessDeniedHandler(Access::denied))
			.addFilterBefore(new TokenSignIn(tokens), AuthorizationFilter.class)
			.build();
	}

	private static HttpSecurity withHeaders(HttpSecurity http, Installation installation) {
		return http
			.headers((headers) -> headers.frameOptions((frame) -> frame.disable())
				.httpStrictTransportSecurity((hsts) -> hsts
					.requestMatcher((request) -> request.isSecure() || SessionStore.https(installation)))
				.addHeaderWriter(new PageHeaders()))
			.addFilterAfter(new UploadLimits(), SecurityContextHolderFilter.class);
	}

	/** In a cookie: who only looks at the form to sign in leaves no session behind. */
	private static CookieCsrfTokenRepository formTokens(Installation installation) {
		CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
		tokens.setCookieName(SessionStore.cookieName(installation, "herald-form"));
		tokens.setCookiePath("/");
		tokens.setCookieCustomizer((cookie) -> {
			cookie.httpOnly(true).sameSite("Strict");
			if (SessionStore.https(installation)) {
				cookie.secure(true);
			}
			// Else as the request came.
		});
		return tokens;
	}

	private static void rules(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(PUBLIC)
			.permitAll()
			.requestMatchers(ADMIN_ONLY)
			.hasRole(Role.ADMIN.name())
			.requestMatchers(CODE)
			.authenticated()
			.requestMatchers(TOTP)
			.hasAnyAuthority(Role.EDITOR.authority(), SignedIn.TOTP_NEEDED)
			.requestMatchers("/", "/calendar", "/newsletters/**", "/account/**")
			.hasRole(Role.EDITOR.name())
			.anyRequest()
			.access((who, context) -> {
				context.getRequest().setAttribute(UNNAMED, true);
				return new AuthorizationDecision(false);
			});
	}

	private static void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
			throws IOException {
		if (SignedIn.currentHas(SignedIn.CODE_OUTSTANDING)) {
			response.sendRedirect(CODE);
			return;
		}
		if (SignedIn.currentHas(SignedIn.TOTP_NEEDED)) {
			response.sendRedirect(TOTP);
			return;
		}
		boolean unnamed = request.getAttribute(UNNAMED) != null;
		response.sendError((unnamed ? HttpStatus.NOT_FOUND : HttpStatus.FORBIDDEN).value());
	}

	/**
	 * A page that polls can't show a sign-in form inside itself: it loads whole again.
	 */
	private static final class AskToSignIn extends LoginUrlAuthenticationEntryPoint {

		AskToSignIn() {
			super(SIGN_IN);
		}

		@Override
		public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
				throws IOException, ServletException {
			if (request.getAttribute(UNNAMED) != null) {
				response.sendError(HttpStatus.NOT_FOUND.value());
				return;
			}
			if (request.getHeader("HX-Request") != null) {
				response.setHeader("HX-Refresh", "true");
				response.setStatus(HttpStatus.UNAUTHORIZED.value());
				return;
			}
			super.commence(request, response, cause);
		}

		/** Says why to whom had a session: too old, ended elsewhere, or by a change. */
		@Override
		protected String determineUrlToUseForThisRequest(HttpServletRequest request, HttpServletResponse response,
				AuthenticationException cause) {
			boolean ended = request.getAttribute(AccountSessions.ENDED) != null
					|| (request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid());
			return ended ? SIGN_IN + "?ended" : SIGN_IN;
		}

	}

}
