package dev.herald.web;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

import dev.herald.account.Role;
import dev.herald.newsletter.Newsletter;
import dev.herald.newsletter.Newsletters;

/** What the frame around every page shows. */
@Component
class PageModel {

	private final Newsletters newsletters;

	private final RoleHierarchy roles;

	PageModel(Newsletters newsletters, RoleHierarchy roles) {
		this.newsletters = newsletters;
		this.roles = roles;
	}

	void fill(Map<String, Object> model, HttpServletRequest request) {
		Visitor visitor = visitor();
		model.put("visitor", visitor);
		model.put("language", LocaleContextHolder.getLocale().toLanguageTag());
		// Asked for only by pages that show the switch, not by each part that is polled.
		model.put("newsletters", new Shelf(this.newsletters));
		CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
		boolean mayHaveForms = visitor.editor() || visitor.signedIn() || request.getServletPath().equals(Access.SIGN_IN)
				|| request.getServletPath().equals("/setup");
		if (token != null && mayHaveForms) {
			// Now: once the page has begun, its cookie could not be sent.
			token.getToken();
			model.put("csrf", token);
		}
	}

	Visitor visitor() {
		Authentication who = SecurityContextHolder.getContext().getAuthentication();
		if (who == null) {
			return new Visitor("", false, false, false);
		}
		Collection<? extends GrantedAuthority> reached = this.roles
			.getReachableGrantedAuthorities(who.getAuthorities());
		return new Visitor(who.getName(), !(who instanceof AnonymousAuthenticationToken), has(reached, Role.EDITOR),
				has(reached, Role.ADMIN));
	}

	private static boolean has(Collection<? extends GrantedAuthority> authorities, Role role) {
		return authorities.stream().anyMatch((authority) -> role.authority().equals(authority.getAuthority()));
	}

	/**
	 * Who looks at the page.
	 *
	 * @param name the account's address; "demo" in the demo
	 * @param signedIn false for the demo's visitor, who has nothing to sign out of
	 */
	public record Visitor(String name, boolean signedIn, boolean editor, boolean admin) {
	}

	/** The newsletters, read when a view asks. */
	public record Shelf(Newsletters source) {

		public List<Newsletter> all() {
			return this.source.all();
		}

	}

}
