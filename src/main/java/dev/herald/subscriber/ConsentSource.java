package dev.herald.subscriber;

/** By which way a subscription changed; stored by name in the consent record. */
public enum ConsentSource {

	IMPORT, ADMIN, ONE_CLICK, UNSUBSCRIBE_PAGE, MAILTO, COMPLAINT,

	/** A reader's own wish, confirmed by the link in a mail. */
	SIGN_UP,

	/** A choice on the unsubscribe page was taken back there. */
	UNDO,

	/** A way to leave that a relay's provider offers, told by its webhook. */
	PROVIDER,

	/** A choice about tracking, on a page of a mail's link. */
	TRACKING_CHOICE,

	/** A choice on the preferences page. */
	PREFERENCES,

	/** The person was erased. */
	ERASURE

}
