package dev.herald.web;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import dev.herald.audit.Actor;
import dev.herald.audit.CurrentActor;

/** Who acts in the server: the account or token of the request, or Herald itself. */
@Component
class PageActor implements CurrentActor {

	@Override
	public Actor get() {
		return SignedIn.current().map(PageActor::actor).orElseGet(PageActor::unknown);
	}

	private static Actor actor(SignedIn signedIn) {
		return signedIn.token().isEmpty() ? new Actor(Actor.Kind.ACCOUNT, signedIn.getName())
				: new Actor(Actor.Kind.TOKEN, signedIn.getName() + ", " + signedIn.token());
	}

	private static Actor unknown() {
		RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
		Authentication who = SecurityContextHolder.getContext().getAuthentication();
		return (attributes instanceof ServletRequestAttributes request && who != null)
				? new Actor(Actor.Kind.VISITOR, request.getRequest().getRemoteAddr()) : Actor.HERALD;
	}

}
