package dev.herald.render;

/** What in a mail differs from recipient to recipient. */
enum Slot {

	UNSUBSCRIBE('u'), ADDRESS('a'), NAME('n');

	private final char sign;

	Slot(char sign) {
		this.sign = sign;
	}

	/**
	 * Stands for the slot while a template is rendered. Letters and digits only, so that
	 * no escaping, wrapping or inlining changes it.
	 * @param nonce unguessable, so that no issue can contain it
	 */
	String placeholder(String nonce) {
		return "slot" + nonce + this.sign;
	}

}
