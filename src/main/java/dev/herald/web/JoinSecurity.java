package dev.herald.web;

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
 * Signing up is open to everybody, from pages elsewhere too: no cookie, no session, and
 * no CSRF token, as there is nothing of a visitor that another page could misuse. What is
 * sent without the time token of Herald's own page only shows that page.
 */
@Configuration(proxyBeanMethods = false)
class JoinSecurity {

	@Bean
	@Order(12)
	SecurityFilterChain joinSecurityFilterChain(HttpSecurity http) throws Exception {
		return http.securityMatcher("/join/**", "/confirm/**")
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
