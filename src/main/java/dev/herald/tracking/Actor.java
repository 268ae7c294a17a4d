package dev.herald.tracking;

/** Who opened a mail or followed a link, as far as that can be told. Stored by name. */
public enum Actor {

	HUMAN,
	/** A scanner or a picture proxy that fetches whatever it sees. */
	MACHINE, UNKNOWN

}
