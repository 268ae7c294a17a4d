package dev.herald.archive;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Open to everybody: no cookie, no sign-in. A session that was begun elsewhere is known
 * again, as an editor may see a page before it is public.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ArchiveSecurity {

	@Bean
	@Order(30)
	SecurityFilterChain archiveSecurityFilterChain(HttpSecurity http, SecurityContextRepository signedIn) {
		return http.securityMatcher("/archive/**", "/sitemap.xml", "/robots.txt")
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.securityContext((context) -> context.securityContextRepository(signedIn))
			.csrf(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
			.headers((headers) -> headers
				// Sites that an issue links to may know where their visitors come from.
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN)))
			.build();
	}

}
