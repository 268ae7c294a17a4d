package dev.herald.web;

import dev.herald.tracking.TrackedMails;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/**
 * What readers follow and press without an account: the links in their mails, whose token
 * is the proof (RFC 8058 section 3.1), and the form to sign up, which other sites may
 * send too. No cookie, no session, and no CSRF token, as there is nothing of a visitor
 * that another page could misuse. A token in a path must not leak: no referrer, no index.
 */
@Configuration(proxyBeanMethods = false)
class ReaderSecurity {

	@Bean
	@Order(10)
	SecurityFilterChain readerSecurityFilterChain(HttpSecurity http) throws Exception {
		return http
			.securityMatcher("/u/**", "/unsubscribe.css", "/join/**", "/confirm/**", TrackedMails.LINK + "**",
					TrackedMails.PIXEL + "**")
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.headers((headers) -> headers.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER))
				.contentSecurityPolicy((policy) -> policy.policyDirectives(
						"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"))
				.addHeaderWriter(new StaticHeadersWriter("X-Robots-Tag", "noindex, nofollow")))
			.build();
	}

}
