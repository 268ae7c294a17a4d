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
 * The unsubscribe link is its own proof (RFC 8058 section 3.1): no cookie, no sign-in, no
 * CSRF token. The token in its path must not leak: no referrer, no index, no cache.
 */
@Configuration(proxyBeanMethods = false)
class UnsubscribeSecurity {

	/** Of tracked mails: the same token-in-a-path, and an answer that nobody keeps. */
	@Bean
	@Order(12)
	SecurityFilterChain trackingSecurityFilterChain(HttpSecurity http) throws Exception {
		return http.securityMatcher(TrackedMails.LINK + "**", TrackedMails.PIXEL + "**")
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.headers((headers) -> headers.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER))
				.addHeaderWriter(new StaticHeadersWriter("X-Robots-Tag", "noindex, nofollow")))
			.build();
	}

	@Bean
	@Order(10)
	SecurityFilterChain unsubscribeSecurityFilterChain(HttpSecurity http) throws Exception {
		return http.securityMatcher("/u/**", "/unsubscribe.css")
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
