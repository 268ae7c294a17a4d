package dev.herald.returns;

/**
 * Hard: the address is dead. Soft: not now, or not this message. None: no bounce at all.
 * Stored by name.
 */
public enum BounceClass {

	HARD, SOFT, NONE

}
