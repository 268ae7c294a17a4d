package dev.herald.tracking;

/**
 * By what a request is taken for a person's or a machine's. In the order in which they
 * count: the first that holds decides. docs/tracking.md has the reasons.
 */
enum Rule {

	/** The program also followed the link that no person sees. */
	TRAP(Actor.MACHINE),

	/** It asks for the head of the answer alone. */
	HEAD(Actor.MACHINE),

	/** A browser says that it fetches ahead of its reader. */
	PREFETCH(Actor.MACHINE),

	/** It names itself: a scanner, a link preview, a library. */
	NAMED_MACHINE(Actor.MACHINE),

	/** A proxy that fetches pictures when a mail arrives, read or not. */
	FETCHES_AHEAD(Actor.MACHINE),

	/** A link is followed by what does not say what it is. */
	NAMELESS(Actor.MACHINE),

	/** The mail was not accepted yet, or had been for less than three seconds. */
	TOO_EARLY(Actor.MACHINE),

	/** More links at once than a person follows. */
	BURST(Actor.MACHINE),

	/** Another request of the same program gave it away. */
	SAME_PROGRAM(Actor.MACHINE),

	/** A proxy that fetches pictures for a person, or ahead of one: it does not say. */
	PICTURE_PROXY(Actor.UNKNOWN),

	/** A picture is fetched by what does not say what it is. */
	NAMELESS_PICTURE(Actor.UNKNOWN),

	/** A browser that speaks no language: browsers of people do. */
	NO_LANGUAGE(Actor.UNKNOWN),

	/** A mail program or a browser, and nothing that speaks against a person. */
	READER(Actor.HUMAN);

	private final Actor actor;

	Rule(Actor actor) {
		this.actor = actor;
	}

	Actor actor() {
		return this.actor;
	}

}
