package dev.herald.web;

import java.io.IOException;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

import dev.herald.account.Accounts;
import dev.herald.account.GuessingBrake;
import dev.herald.account.Role;
import dev.herald.settings.Installation;

/** Who may ask for what. Every address that is not named here is denied. */
@Configuration(proxyBeanMethods = false)
class Access {

	static final String SIGN_IN = "/sign-in";

	/** Open to everybody, beside the unsubscribe page with its rules of its own. */
	private static final String[] PUBLIC = { SIGN_IN, "/setup", "/error", "/herald.css", "/editor.js", "/favicon.svg",
			"/favicon.ico", "/webjars/**", "/actuator/health" };

	/**
	 * Whatever shows an address of a reader, the accounts, and figures of the machine.
	 */
	private static final String[] ADMIN_ONLY = { "/accounts/**", "/mailbox/**", "/newsletters/*/subscribers/imports/**",
			"/newsletters/*/subscribers/export", "/newsletters/*/issues/*/report/**",
			"/newsletters/*/issues/*/deliveries", "/actuator/metrics/**" };

	/** Set on a request for an address that no rule names. */
	private static final String UNNAMED = Access.class.getName() + ".unnamed";

	@Bean
	static RoleHierarchy roleHierarchy() {
		return RoleHierarchyImpl.withDefaultRolePrefix().role(Role.ADMIN.name()).implies(Role.EDITOR.name()).build();
	}

	/** Behind a proxy that ends TLS the request itself does not look like https. */
	@Bean
	static ServletContextInitializer secureCookies(Installation installation) {
		return (context) -> context.getSessionCookieConfig().setSecure(https(installation));
	}

	private static boolean https(Installation installation) {
		return "https".equals(installation.baseUrl().getScheme());
	}

	@Bean
	SecurityFilterChain pages(HttpSecurity http, Environment environment, Installation installation, Accounts accounts,
			GuessingBrake brake) {
		if (environment.acceptsProfiles(Profiles.of("demo"))) {
			// The demo listens on loopback and asks nobody to sign in.
			http.anonymous((anonymous) -> anonymous.principal("demo").authorities(Role.ADMIN.authority()));
		}
		return http.authorizeHttpRequests(Access::rules)
			.formLogin((form) -> form.loginPage(SIGN_IN)
				.usernameParameter("address")
				.successHandler(new SignInOutcome.Success(brake))
				.failureHandler(new SignInOutcome.Failure(brake)))
			.logout((logout) -> logout.logoutUrl("/sign-out").logoutSuccessUrl(SIGN_IN + "?left"))
			.requestCache((cache) -> cache.requestCache(onlyWholePages()))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(new AskToSignIn())
				.accessDeniedHandler(Access::denied))
			.headers((headers) -> headers.frameOptions((frame) -> frame.disable())
				.httpStrictTransportSecurity(
						(hsts) -> hsts.requestMatcher((request) -> request.isSecure() || https(installation)))
				.addHeaderWriter(new PageHeaders()))
			.addFilterAfter(new UploadLimits(), SecurityContextHolderFilter.class)
			.addFilterBefore(new SignInPause(brake), UsernamePasswordAuthenticationFilter.class)
			.addFilterBefore(new StillOpen(accounts), AuthorizationFilter.class)
			.build();
	}

	/** Where one is taken after signing in: never to a part of a page. */
	private static HttpSessionRequestCache onlyWholePages() {
		HttpSessionRequestCache cache = new HttpSessionRequestCache();
		cache.setRequestMatcher((request) -> "GET".equals(request.getMethod()) && request.getAttribute(UNNAMED) == null
				&& request.getHeader("HX-Request") == null && !PageHeaders.isFrame(request));
		return cache;
	}

	private static void rules(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
		requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
			.permitAll()
			.requestMatchers(PUBLIC)
			.permitAll()
			.requestMatchers(ADMIN_ONLY)
			.hasRole(Role.ADMIN.name())
			.requestMatchers("/", "/newsletters/**")
			.hasRole(Role.EDITOR.name())
			.anyRequest()
			.access((who, context) -> {
				context.getRequest().setAttribute(UNNAMED, true);
				return new AuthorizationDecision(false);
			});
	}

	private static void denied(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
			throws IOException {
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

	}

}
