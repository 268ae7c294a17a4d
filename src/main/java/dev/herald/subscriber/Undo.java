package dev.herald.subscriber;

/** What became of the wish to take a choice back. */
public enum Undo {

	DONE,

	/** No choice of this reader's that can be taken back. */
	UNKNOWN,

	/** It was too long ago. */
	EXPIRED,

	/** It was taken back already, or something else was chosen since. */
	OVERTAKEN

}
